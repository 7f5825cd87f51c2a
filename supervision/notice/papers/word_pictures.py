"""Pictures in a filled Word file (文书图形): their files, relationships and type, in the parts that show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from supervision.notice.entry.picture import RELATION, EntryPicture

TYPES = "[Content_Types].xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
EMPTY = f'<Relationships xmlns="{PACKAGE}/relationships"/>'.encode()


def with_pictures(
    parts: Mapping[str, bytes], filled: Mapping[str, bytes], pictures: Sequence[EntryPicture]
) -> dict[str, bytes]:
    """Return a Word file's parts with the pictures that its filled parts name (加入图形); the others stay away."""
    found = dict(parts)
    for part, content in filled.items():
        if RELATION.encode() not in content:
            continue
        own = {one.relation: one for one in pictures if one.relation.encode() in content}
        folder, _, name = part.rpartition("/")
        relations = f"{folder}/_rels/{name}.rels"
        found[relations] = _related(found.get(relations, EMPTY), own)
        found |= {f"word/media/{one.code.number}.png": one.png for one in own.values()}
    if len(found) > len(parts):
        found[TYPES] = _typed(found[TYPES])
    return found


def _related(source: bytes, own: Mapping[str, EntryPicture]) -> bytes:
    tree = etree.fromstring(source)
    for relation, one in own.items():
        target = f"media/{one.code.number}.png"
        etree.SubElement(
            tree, f"{{{PACKAGE}/relationships}}Relationship", {"Id": relation, "Type": IMAGE, "Target": target}
        )
    return _written(tree)


def _typed(source: bytes) -> bytes:
    tree = etree.fromstring(source)
    default = f"{{{PACKAGE}/content-types}}Default"
    if not any(one.get("Extension", "").lower() == "png" for one in tree.iter(default)):
        made = etree.Element(default, {"Extension": "png", "ContentType": "image/png"})
        tree.insert(0, made)  # defaults stand before overrides
    return _written(tree)


def _written(tree: etree._Element) -> bytes:
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))
