"""`python3 -m server init`: a real installation with one system account, whose password is printed once."""

from __future__ import annotations

import shutil
import sys

from server.bootstrap import build, open_folder
from server.commands.run import set_up_logging
from server.settings import SAMPLE_HALL, Settings

SYSTEM_ACCOUNT = "系统001"


def main(settings: Settings) -> int:
    """Make the data folder, the hall file to start from, the database and the first account."""
    set_up_logging(settings)
    folder = open_folder(settings)
    with folder.locked():
        if not settings.hall_file.exists():
            settings.hall_file.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(SAMPLE_HALL, settings.hall_file)
            print(f"已写入示例大厅文件，请按实际修改 / a sample hall file to change: {settings.hall_file}")
        built = build(settings, folder)
        try:
            if built.house.access.has_accounts():
                print("已有账号，未作改动 / there are accounts already; nothing was changed", file=sys.stderr)
                return 1
            made = built.house.access.open_accounts([(SYSTEM_ACCOUNT, "system", True)])
        finally:
            built.close()
    print(f"系统管理员 / system account: {SYSTEM_ACCOUNT}")
    print(f"密码（只显示一次）/ password, shown once: {made[SYSTEM_ACCOUNT]}")
    return 0
