"""Compares what the sources import with what Package.swift declares, and with the rule between kinds of modules.

Reads `swift package describe` with all package traits. Faults: an import that is not declared; a stage that imports a stage; a circle is already
refused by SwiftPM. A declared import that no source uses is only counted.
"""

import json
import pathlib
import re
import subprocess
import sys

SYSTEM = {
    "Dispatch", "Foundation", "FoundationNetworking", "FoundationEssentials", "Glibc", "RegexBuilder", "Swift",
    "FoundationXML", "PackagePlugin", "Synchronization", "Testing", "XCTest",
}
# Text between triple quotes may hold scripts of other languages, with imports of their own.
TEXT = re.compile(r'(#*)""".*?"""\1', re.DOTALL)
STAGES = {"LabStreams", "LabLanguage", "LabProfiles", "LabCreative", "LabPolicy", "LabDelivery", "LabAnalytics"}
IMPORT = re.compile(
    r"^\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:public\s+|package\s+|internal\s+|private\s+|fileprivate\s+)?import\s+"
    r"(?:struct\s+|class\s+|enum\s+|protocol\s+|func\s+|var\s+|let\s+|typealias\s+)?(\w+)", re.MULTILINE)


def main() -> int:
    described = subprocess.run(
        ["swift", "package", "--enable-all-traits", "describe", "--type", "json"], check=True, capture_output=True, text=True).stdout
    package = json.loads(described[described.index("{"):])
    faults, unused, edges = [], 0, 0
    for target in package["targets"]:
        declared = set(target.get("target_dependencies", [])) | set(target.get("product_dependencies", []))
        # swift-crypto's product and module are one name; a package's other modules need their own product here.
        used = set()
        for source in sorted(pathlib.Path(target["path"]).rglob("*.swift")):
            for match in IMPORT.finditer(TEXT.sub('""', source.read_text(encoding="utf-8"))):
                name = match.group(1)
                used.add(name)
                if name in SYSTEM or name in declared or name == target["name"]:
                    continue
                faults.append(f"{source}: imports {name}, which Package.swift does not declare for {target['name']}")
        edges += len(declared)
        unused += len(declared - used)
        if target["name"] in STAGES:
            for stage in sorted((declared | used) & STAGES - {target["name"]}):
                faults.append(f"{target['path']}: a stage must not import the stage {stage}")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"modules: {len(package['targets'])} targets, {edges} declared imports, {unused} of them not used yet")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
