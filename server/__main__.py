"""python3 -m server [demo | init | run | verify | rebuild]"""

from server.environment import prepare

prepare()

from gevent import monkey  # noqa: E402  the environment comes first

monkey.patch_all()

import sys  # noqa: E402  everything else must see the patched library

from server.commands import main  # noqa: E402

sys.exit(main())
