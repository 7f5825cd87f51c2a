"""Metadata of the distribution; tools are configured in pyproject.toml."""

from pathlib import Path

from setuptools import find_packages, setup

ROOT = Path(__file__).parent
DATA = ["supervision_data", *(f"supervision_data.{p}" for p in find_packages("data"))]

setup(
    name="shuangsuiji",
    version="0.1.0",
    description="双随机、一公开: risk, draw, calendar, inspectors and publication for a city's inspections",
    long_description=(ROOT / "README.md").read_text(encoding="utf-8") if (ROOT / "README.md").exists() else "",
    long_description_content_type="text/markdown",
    license="MulanPSL-2.0",
    python_requires=">=3.11",
    packages=[*find_packages(include=["supervision", "supervision.*"]), *DATA],
    package_dir={"supervision_data": "data"},
    package_data={
        "supervision_data": ["**/*.yaml"],
        "supervision": [
            *("py.typed", "**/*.html", "**/*.css", "**/*.js", "**/*.svg", "**/*.sql"),
            *("**/*.typ", "**/*.otf", "**/*.txt"),
        ],
    },
    install_requires=[
        "adbc-driver-sqlite>=1.1,<2",
        "click>=8.1,<9",
        "cryptography>=43",
        "docxtpl>=0.19,<1",
        "lxml>=5,<7",
        "scipy>=1.13",
        "icalendar>=6.1,<8",
        "Jinja2>=3.1,<4",
        "numpy>=2.0,<3",
        "ortools>=9.11,<10",
        "packaging>=23",
        "pandas>=3.0,<4",
        "pyarrow>=17",
        "python-calamine>=0.3,<1",
        "python-docx>=1.1,<2",
        "PyYAML>=6,<7",
        "rich>=13,<16",
        "scikit-learn>=1.5,<2",
        "segno>=1.6,<2",
        "sqlite-utils>=3.38,<5",
        "typst==0.15.2",
        "XlsxWriter>=3.2,<4",
    ],
    extras_require={
        "browse": ["datasette>=0.65,<1"],
        "docs": [
            "jieba>=0.42,<1",
            "mkdocs>=1.6,<2",
            "mkdocs-material>=9.6,<10",
            "mkdocstrings-python>=2,<3",
            "ruff>=0.8,<1",
        ],
        "scale": ["dask>=2025.1", "distributed>=2025.1"],
        "test": [
            "chinesecalendar>=1.10,<2",
            "dask>=2025.1",
            "datasette>=0.65,<1",
            "distributed>=2025.1",
            "hypothesis>=6,<7",
            "import-linter>=2,<3",
            "mypy>=1.13,<3",
            "openpyxl>=3.1,<4",
            "pandas-stubs>=2.2",
            "pyrage>=1.2,<2",
            "pytest>=8,<10",
            "pytest-xdist>=3.6,<4",
            "python-stdnum>=2.1,<3",
            "ruff>=0.8,<1",
            "types-PyYAML>=6",
            "vobject>=0.9.9,<1",
            "zxing-cpp>=2.3,<4",
        ],
    },
    entry_points={"console_scripts": ["supervision = supervision.cli._group:main"]},
)
