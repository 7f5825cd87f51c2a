"""The kinds of files that people or other bodies bring, by name."""

from __future__ import annotations

from fuzzing import backups, packed, published, registers, returned, written
from fuzzing.trials import Kind


def _bombs(*listed: tuple[tuple[str, bytes, bytes, bytes], ...]) -> None:
    for bombs in listed:
        for _, *parts in bombs:
            packed.bomb(*parts)


KINDS = {
    "csv": Kind(
        seeds=registers.csv_seeds,
        change=registers.texts.changed_csv,
        read=lambda form, source, _: registers.read(form, "x.csv", source),
    ),
    "xlsx": Kind(
        seeds=registers.xlsx_seeds,
        change=registers.changed_xlsx,
        read=lambda form, source, _: registers.read(form, "x.xlsx", source),
        warm=lambda: _bombs(registers.XLSX_BOMBS),
    ),
    "xls": Kind(
        seeds=registers.xls_seeds,
        change=registers.changed_xls,
        read=lambda form, source, _: registers.read(form, "x.xls", source),
    ),
    "ods": Kind(
        seeds=registers.ods_seeds,
        change=registers.changed_ods,
        read=lambda form, source, _: registers.read(form, "x.ods", source),
        warm=lambda: _bombs(registers.ODS_BOMBS),
    ),
    "yaml": Kind(
        seeds=written.yaml_files,
        change=registers.texts.changed_yaml,
        read=lambda form, source, _: written.read_yaml(form, source),
    ),
    "results": Kind(
        seeds=returned.workbooks,
        change=returned.changed_workbook,
        read=lambda ending, source, folder: returned.read_results(source, folder, ending),
        warm=lambda: _bombs(registers.XLSX_BOMBS),
    ),
    "phone": Kind(
        seeds=returned.phone_files,
        change=returned.changed_phone,
        read=lambda ending, source, folder: returned.read_results(source, folder, ending),
    ),
    "decided": Kind(
        seeds=returned.plans,
        change=returned.changed_workbook,
        read=lambda _, source, __: returned.read_plan(source),
        warm=lambda: _bombs(registers.XLSX_BOMBS),
    ),
    "proof": Kind(
        seeds=published.proofs,
        change=published.changed,
        read=lambda root, source, _: published.read_proof(root, source),
    ),
    "json": Kind(
        seeds=published.files,
        change=published.changed,
        read=lambda form, source, _: published.read(form, source),
    ),
    "backup": Kind(
        seeds=backups.seeds,
        change=backups.changed,
        read=lambda _, source, folder: backups.read(source, folder),
    ),
    "word": Kind(
        seeds=written.word_files,
        change=written.changed_word,
        read=lambda form, source, _: written.read_word(form, source),
        warm=lambda: _bombs(written.WORD_BOMBS),
    ),
}
