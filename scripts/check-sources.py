"""Checks what neither the compiler nor the formatter checks: sizes of files and constructs that end a process.

A line that must keep such a construct carries a comment that proves why it cannot happen, on it or on the line before.
"""

import pathlib
import re
import statistics
import sys

LONGEST = 700
CRASHES = re.compile(r"\btry!|\bfatalError\(|\bas! |\.unsafelyUnwrapped\b|\bpreconditionFailure\(")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b")
PRINTS = re.compile(r"(?<![\w.])print\(")
# Text between triple quotes may hold scripts of other languages.
TEXT = re.compile(r'(#*)""".*?"""\1', re.DOTALL)
MAY_PRINT = ("Sources/Lab/Command/", "Sources/labctl/")


def faults_of(path: pathlib.Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    codes = TEXT.sub(lambda literal: '""' + "\n" * literal[0].count("\n"), text).splitlines()
    found = []
    if len(lines) > LONGEST:
        found.append(f"{path}: {len(lines)} lines, more than {LONGEST}: divide it")
    for number, (line, code) in enumerate(zip(lines, codes), start=1):
        code = code.split("//")[0]
        explained = "//" in line or (number > 1 and lines[number - 2].lstrip().startswith("//"))
        if UNFINISHED.search(line):
            found.append(f"{path}:{number}: unfinished business: {line.strip()}")
        if path.parts[0] != "Sources":
            continue
        if CRASHES.search(code) and not explained:
            found.append(f"{path}:{number}: ends the process: {line.strip()}")
        if PRINTS.search(code) and not str(path).startswith(MAY_PRINT):
            found.append(f"{path}:{number}: prints outside the commands: {line.strip()}")
    return found


def main() -> int:
    paths = [path for root in ("Sources", "Tests") for path in sorted(pathlib.Path(root).rglob("*.swift"))]
    faults = [fault for path in paths for fault in faults_of(path)]
    for fault in faults:
        print(fault, file=sys.stderr)
    sizes = [len(path.read_text(encoding="utf-8").splitlines()) for path in paths]
    print(f"sources: {len(paths)} files, median {statistics.median(sizes):.0f} lines, longest {max(sizes)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
