"""codes.py FOLDER CODE…: what Airflow is told of a spark-submit that ends with each code, as JSON."""

import contextlib
import json
import os
import sys

sys.path.insert(0, sys.argv[1])
import lakehouse_submit  # noqa: E402

said = {}
for code in sys.argv[2:]:
    os.environ["LAKEHOUSE_TEST_CODE"] = code
    with contextlib.redirect_stdout(sys.stderr):
        try:
            said[code] = lakehouse_submit.answer(["status", "--lake", "a lake"])
        except Exception as e:
            said[code] = [type(e).__name__, str(e)]
print(json.dumps(said))
