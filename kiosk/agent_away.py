"""What the screen shows while the page itself cannot be fetched: calm words that try again by themselves."""

AWAY_PAGE = """<!doctype html>
<html lang="zh-CN" data-live="stale">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="5">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>请稍候</title>
<style>
html { height: 100%; background: #f6f1e9; color: #1f2423; font: 700 5vmin/1.5 "Noto Sans CJK SC", sans-serif; }
body { display: grid; place-content: center; gap: 3vmin; min-height: 100%; margin: 0 8vmin; text-align: center; }
h1, p { margin: 0; }
h1 { font-size: 8vmin; }
[lang=en] { font-weight: 400; font-size: 3vmin; }
</style>
</head>
<body>
<h1>对不起，请您稍候</h1>
<p>取号机正在恢复连接，恢复后本页会自动打开。<br>您也可以到咨询台，工作人员会为您取号。</p>
<p lang="en">This machine is reconnecting and will open by itself. You can also ask for a number at the desk.</p>
</body>
</html>
"""
AWAY_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
