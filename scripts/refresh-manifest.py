#!/usr/bin/env python3
"""usage: refresh-manifest.py NAME    Writes sizes and digests of a committed dataset's files into datasets/NAME.json."""
import hashlib
import json
import pathlib
import sys

if len(sys.argv) != 2:
    sys.exit(__doc__)
root = pathlib.Path(__file__).resolve().parent.parent / "datasets"
path = root / f"{sys.argv[1]}.json"
manifest = json.loads(path.read_text(encoding="utf-8"))
origin = next((o for o in manifest["lab:origins"] if o["kind"] == "committed"), None)
if origin is None:
    sys.exit(f"error: {path.name} has no committed files\nhint: only those can be refreshed")

lines = []
for file in sorted(manifest["distribution"], key=lambda f: f["contentUrl"].encode()):
    data = (root / origin["folder"] / file["contentUrl"]).read_bytes()
    file["sha256"] = hashlib.sha256(data).hexdigest()
    file["contentSize"] = f"{len(data)} B"
    lines.append(f"{file['sha256']}  {file['contentUrl']}\n")
digests = {file["contentUrl"]: file["sha256"] for file in manifest["distribution"]}
for file in origin["files"]:
    file["sha256"] = digests[file["gives"]]
manifest["lab:digest"] = hashlib.sha256("".join(lines).encode()).hexdigest()
path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
print(f"{path.name}: {manifest['lab:digest']}")
