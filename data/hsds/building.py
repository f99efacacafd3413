"""From rows of an extract to nested objects of HSDS."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from data.hsds import mapping
from data.hsds.hours import schedule_rows
from data.hsds.identifiers import (
    FIELDS,
    FORMS,
    GROUPS,
    NO_DATA,
    NO_DESCRIPTION,
    Node,
    named_id,
    term,
    unit,
    with_ids,
)
from data.hsds.mapping import Pair, attribute_text
from data.store.schema import SERVICE_STATUSES
from geo.teryt import ALL_VOIVODESHIPS

_URI = re.compile(r"https?://[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]+")
_FEES = {
    "option": "option",
    "amount": "amount",
    "currency": "currency",
    "description": "amount_description",
    "valid_from": "valid_from",
    "valid_to": "valid_to",
}
"""Key of a fee → field of a cost option."""

FEE_FIELDS = tuple(_FEES.items())


def organization_node(row: Node) -> Node:
    """Return an organization with its identifiers."""
    node = {"id": row["organization_id"]}
    attributes = _fill(node, mapping.ORGANIZATION[1:], row)
    node.setdefault("description", NO_DESCRIPTION)
    node["organization_identifiers"] = with_ids(
        node["id"],
        "organization_identifier",
        (
            {"identifier_scheme": scheme, "identifier_type": name, "identifier": row[field]}
            for field, (scheme, name) in mapping.IDENTIFIERS.items()
            if row[field]
        ),
    )
    return _complete(node, attributes)


def location_node(row: Node, sources_of_fields: Iterable[tuple[str, str]] = ()) -> Node:
    """
    Return a facility as a location with its address, telephones, hours, languages and aids.

    Parameters
    ----------
    row
        A row of `Extract.facilities`.
    sources_of_fields
        Of a merged facility: its fields and the source of each.
    """
    is_somewhere = row["geometry"] is not None or row["visibility"] != "public" or bool(row["street_address"])
    node: Node = {"id": row["facility_id"], "location_type": "physical" if is_somewhere else "virtual"}
    if row["organization_id"]:
        node["organization_id"] = row["organization_id"]
    attributes = _fill(node, mapping.FACILITY[2:], row)
    attributes += _place(node, row, address_fields=("street_address", "postal_code", "locality_name"))
    node["schedules"] = _schedules(node["id"], row)
    node["phones"] = with_ids(node["id"], "phone", row["phones"])
    node["languages"] = with_ids(node["id"], "language", ({"code": code} for code in row["languages"]))
    node["accessibility"] = with_ids(
        node["id"], "accessibility", ({"description": text} for text in row["barrier_free"])
    )
    attributes += [
        _attribute("source_of_field", source) | {"label": field} for field, source in sources_of_fields
    ]
    return _complete(node, attributes)


def service_node(
    places: Sequence[Node],
    *,
    locations: dict[str, Node],
    areas: dict[str, list[Node]],
    stops: dict[str, list[Node]],
) -> Node:
    """
    Return a service with its places.

    Parameters
    ----------
    places
        The rows of `Extract.services` of one service; `verified_on`, `verified_precision` and `changed_on` of
        their facilities are beside their own columns.
    locations
        Locations by facility, or `{}` when they are written apart; then the places only name them.
    areas, stops
        Rows of the extract by `service_at_facility_id`.
    """
    first = places[0]
    node: Node = {"id": first["service_id"], "status": _status(places)}
    columns = [pair for pair in mapping.SERVICE[1:] if pair.way == "column"]
    attributes = _fill(node, columns, first)
    attributes.append(_attribute("support_form", first["support_form"], of=(FORMS, first["support_form"])))
    attributes += [_attribute("need_groups", code, of=(GROUPS, code)) for code in first["need_groups"]]
    node["languages"] = with_ids(node["id"], "language", ({"code": code} for code in first["languages"]))
    node["funding"] = with_ids(node["id"], "funding", ({"source": text} for text in first["funding"]))
    node["cost_options"] = with_ids(node["id"], "cost_option", map(_cost_option, first["fees"]))
    node["required_documents"] = with_ids(
        node["id"], "required_document", ({"document": text} for text in first["required_documents"])
    )
    if len(places) == 1 and first["waiting_days"] is not None:
        node["wait_time"] = f"{first['waiting_days']} dni"
    _date(node, places)
    capacities: list[Node] = []
    node["service_at_locations"] = []
    for place in places:
        differences = _differences(place, first)
        at, own_capacities = _service_at_location(place, differences, areas=areas, is_alone=len(places) == 1)
        location = locations.get(place["facility_id"])
        at |= {"location": location} if location else {"location_id": place["facility_id"]}
        capacities += own_capacities
        node["service_at_locations"].append(at)
        node["service_at_locations"] += [
            _stop(stop, at["id"], is_nested=bool(locations)) for stop in stops.get(at["id"], ())
        ]
    node["capacities"] = with_ids(node["id"], "service_capacity", capacities)
    return _complete(node, attributes)


def _service_at_location(
    row: Node, differences: list[Node], *, areas: dict[str, list[Node]], is_alone: bool
) -> tuple[Node, list[Node]]:
    """Return one place of a service, and its capacities, which HSDS hangs on the service."""
    node: Node = {"id": row["service_at_facility_id"]}
    at_facility = [pair for pair in mapping.SERVICE_AT_FACILITY[3:] if pair.way == "attribute"]
    attributes = [*differences, *_fill(node, at_facility, row)]
    capacities, told_apart = _capacities(row, is_alone=is_alone)
    attributes += told_apart
    node["schedules"] = _schedules(node["id"], row)
    node["service_areas"] = with_ids(
        node["id"],
        "service_area",
        (
            {
                "name": area["area_name"],
                "description": area["level"],
                "extent": area["area_code"],
                "extent_type": "text",
            }
            for area in areas.get(node["id"], ())
        ),
    )
    return _complete(node, attributes), capacities


def _differences(row: Node, first: Node) -> list[Node]:
    """Return as attributes what a place says otherwise than the first place of its service."""
    found = [
        _attribute(pair.ours, row[pair.ours])
        for pair in mapping.SERVICE[1:]
        if row[pair.ours] != first[pair.ours]
    ]
    if not row["need_groups"] and not first["need_groups"]:
        # No terms at all would read as the groups of the form.
        found.append(_attribute("need_groups", []))
    return found


def _capacities(row: Node, *, is_alone: bool) -> tuple[list[Node], list[Node]]:
    """Return capacities, and as attributes the figures that HSDS has no row for: it wants vacancies with a date."""
    capacities: list[Node] = []
    attributes: list[Node] = []
    for code, (capacity, vacant) in mapping.CAPACITIES.items():
        if row[vacant] is None or row["vacancies_on"] is None:
            attributes += [
                _attribute(name, row[name]) for name in (capacity, vacant) if row[name] is not None
            ]
            continue
        node: Node = {"unit": unit(code), "available": row[vacant]}
        if row[capacity] is not None:
            node["maximum"] = row[capacity]
        node["updated"] = f"{row['vacancies_on'].isoformat()}T00:00:00Z"
        if not is_alone:
            # HSDS counts for a service; this says at which of its places.
            at = [_attribute("service_at_location_id", row["service_at_facility_id"])]
            node["attributes"] = with_ids(row["service_at_facility_id"], f"capacity {code}", at)
        capacities.append(node)
    if row["vacancies_on"] and not capacities:
        attributes.append(_attribute("vacancies_on", row["vacancies_on"]))
    return capacities, attributes


def _status(places: Sequence[Node]) -> str:
    """Return the liveliest status of the places."""
    best = min(SERVICE_STATUSES.index(place["status"]) for place in places)
    return mapping.STATUSES[SERVICE_STATUSES[best]]


def _date(node: Node, places: Sequence[Node]) -> None:
    """Say when the service was assured and changed: the day that holds for all of its places."""
    days = [place["verified_on"] for place in places if place["verified_precision"] == "day"]
    checked = [day for day in days if day]
    if len(checked) == len(places):
        node["assured_date"] = min(checked).isoformat()
    changed = [place["changed_on"] for place in places if place["changed_on"]]
    if changed:
        node["last_modified"] = f"{max(changed).isoformat()}T00:00:00Z"


def _cost_option(fee: Node) -> Node:
    return {theirs: fee[ours] for ours, theirs in FEE_FIELDS if fee.get(ours) is not None}


def _stop(row: Node, at_id: str, *, is_nested: bool) -> Node:
    """Return a stop of a service on wheels: a location of its own, marked as a stop of its service's place."""
    location: Node = {
        "id": named_id("stop", at_id, str(row["position"])),
        "location_type": "physical",
        "name": row["name"],
    }
    code = row["gmina_code"]
    address = row | {"voivodeship_name": ALL_VOIVODESHIPS.get((code or "")[:2]), "gmina_name": None}
    attributes = _place(location, address, address_fields=("locality_name",))
    attributes += [_attribute("gmina_code", code)] if code else []
    node: Node = {
        "id": named_id("stop at", at_id, str(row["position"])),
        "location": _complete(location, attributes),
    }
    marks = [_attribute("stop_of", at_id), _attribute("position", row["position"])]
    node["schedules"] = _schedules(node["id"], row)
    return _complete(node, marks) | ({} if is_nested else {"location_id": location["id"]})


def _fill(node: Node, pairs: Iterable[Pair], row: Node) -> list[Node]:
    """Put plain fields into their columns; return as attributes those that have none or do not suit theirs."""
    attributes = []
    for pair in pairs:
        value = row[pair.ours]
        if value is None or pair.way == "rows":
            continue
        if pair.way == "column" and (pair.kind != "web" or _URI.fullmatch(value)):
            node[pair.column] = value
        else:
            attributes.append(_attribute(pair.ours, value))
    return attributes


def _place(node: Node, row: Node, *, address_fields: Sequence[str]) -> list[Node]:
    """Add the point and the address; without a locality return what is left of the address as attributes."""
    point = row["geometry"]
    if point is not None:
        node |= {"latitude": point.y, "longitude": point.x}
    known = {name: row[name] for name in address_fields if row[name]}
    if "locality_name" not in known:
        return [_attribute(name, text) for name, text in known.items()]
    address = {
        "address_1": known.get("street_address", NO_DATA),
        "city": known["locality_name"],
        "region": row["gmina_name"],
        "state_province": row["voivodeship_name"] or NO_DATA,
        "postal_code": known.get("postal_code", NO_DATA),
        "country": "PL",
        "address_type": "physical",
    }
    present = {name: value for name, value in address.items() if value is not None}
    node["addresses"] = with_ids(node["id"], "address", [present])
    return []


def _schedules(node_id: str, row: Node) -> list[Node]:
    return with_ids(node_id, "schedule", schedule_rows(row["opening_hours"], row["opening_hours_text"]))


def _attribute(field: str, value: Any, *, of: tuple[str, str] | None = None) -> Node:
    """Return an attribute without id: of our field with a value, or of a form or group, which says all itself."""
    node: Node = {"link_type": field}
    if of is None and value is not None:
        node["value"] = attribute_text(value)
    return node | {"taxonomy_term": term(*(of or (FIELDS, field)))}


def _complete(node: Node, attributes: list[Node]) -> Node:
    """Return the node with its attributes, without what is empty."""
    node["attributes"] = with_ids(node["id"], "attribute", attributes)
    return {name: value for name, value in node.items() if value is not None and value != []}
