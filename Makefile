# make demo, make desk, make test, make docs, make bundle: each does all its own set-up in .venv.
PYTHON ?= python3
VENV ?= .venv
ENTITIES ?= 50000
MONTH ?= 2026-12
COUNTY ?= 320505
BEFORE = $(shell $(PYTHON) -c 'import sys; y, m = map(int, sys.argv[1].split("-")); print(f"{y - (m == 1)}-{(m - 2) % 12 + 1:02d}")' $(MONTH))
YEAR = $(firstword $(subst -, ,$(MONTH)))
BIN = $(VENV)/bin

# the demo's people at the desk, by their roles; all have one password, which is good for nothing else
PEOPLE = coordinator drawer drawer-2 reviewer auditor leader
DESK_PASSWORD = demo-desk-2026
DEMO_PASSPHRASE = demo-passphrase

.PHONY: demo desk test docs bundle lint clean

$(BIN)/supervision: setup.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[desk]'
	touch $@

$(VENV)/.test-ready: setup.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@

$(VENV)/.docs-ready: setup.py
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[docs]'
	touch $@

demo: $(BIN)/supervision
	rm -rf demo-city demo-before demo-results demo-out demo-handover demo-province demo-annual.xlsx demo.db demo.db-wal demo.db-shm demo.db.files demo.db.desk*
	$(BIN)/supervision demo demo-before --before --entities $(ENTITIES) --month $(MONTH)
	@$(BIN)/supervision --store demo.db month $(BEFORE) --rehearsal --inputs demo-before --out demo-out; \
	code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	$(BIN)/supervision demo demo-results --results-of demo-out --month $(BEFORE)
	$(BIN)/supervision --store demo.db --as li stepin $(BEFORE) $$(cat demo-results/step_in/unit) --rehearsal \
	  --task $$(cat demo-results/step_in/task) --reason $$(cat demo-results/step_in/reason) \
	  --evidence demo-results/step_in/evidence.txt
	$(BIN)/supervision --store demo.db --as wang stepin $(BEFORE) $$(cat demo-results/step_in/unit) --rehearsal --confirm
	$(BIN)/supervision --store demo.db record demo-results/results
	$(BIN)/supervision --store demo.db record demo-results/correction.csv
	$(BIN)/supervision --store demo.db publish $(BEFORE) --rehearsal --out demo-out
	@for to in jianguan gsxt; do \
	  $(BIN)/supervision --store demo.db export $(BEFORE) --rehearsal --to $$to --out demo-handover; \
	  code=$$?; test $$code -eq 0 -o $$code -eq 3 -o $$code -eq 4 || exit $$code; \
	done
	$(BIN)/supervision demo demo-city --entities $(ENTITIES) --month $(MONTH)
	@$(BIN)/supervision --store demo.db month $(MONTH) --rehearsal --inputs demo-city --out demo-out; \
	code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	@$(BIN)/supervision --store demo.db annual merge $(YEAR) --from 1 --out demo-annual.xlsx; \
	code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	@$(BIN)/supervision --store demo.db ledger --over --year $(YEAR) --rehearsal; \
	code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	$(BIN)/supervision --store demo.db monitor $(MONTH) --rehearsal --out demo-out
	@$(BIN)/supervision --store demo.db warnings make --on $(MONTH)-01 --out demo-out; \
	code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	@$(BIN)/supervision --store demo.db follow-up $(MONTH) --rehearsal --on $(MONTH)-28 --out demo-out; \
	code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	@$(BIN)/supervision --store demo.db cases list --on $(MONTH)-28; \
	code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	$(BIN)/supervision --store demo.db report --month $(MONTH) --rehearsal --out demo-out
	@$(BIN)/supervision --store demo.db rules --due --within 6; \
	code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	rm -f demo-agency.pem demo-agency.pub.pem demo-checkins.xlsx
	SUPERVISION_PASSPHRASE=$(DEMO_PASSPHRASE) $(BIN)/supervision keys demo-agency.pem
	SUPERVISION_PASSPHRASE=$(DEMO_PASSPHRASE) $(BIN)/supervision --store demo.db papers $(MONTH) --rehearsal --out demo-out \
	  --office market-320505 --key demo-agency.pem
	@$(BIN)/supervision --store demo.db checkins $(MONTH) --rehearsal --workbook demo-checkins.xlsx; \
	code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	SUPERVISION_PASSPHRASE=$(DEMO_PASSPHRASE) $(BIN)/supervision sign demo-out --key demo-agency.pem
	rm -rf demo-county
	SUPERVISION_PASSPHRASE=$(DEMO_PASSPHRASE) $(BIN)/supervision --store demo.db hand-down $(MONTH) --rehearsal \
	  --county $(COUNTY) --key demo-agency.pem --out demo-part.json
	$(BIN)/supervision demo demo-county --entities $(ENTITIES) --month $(MONTH) --county $(COUNTY)
	$(BIN)/supervision --store demo-county/county.db init
	for kind in offices items entities; do $(BIN)/supervision --store demo-county/county.db import $$kind demo-county/$$kind.csv || exit; done
	$(BIN)/supervision --store demo-county/county.db take-part demo-part.json --key demo-agency.pub.pem --published demo-out
	$(BIN)/supervision --store demo-county/county.db ledger --year $(YEAR) --rehearsal
	$(BIN)/supervision demo demo-province/jia/inputs --before --entities 500 --month $(MONTH)
	$(BIN)/supervision demo demo-province/yi/inputs --before --entities 700 --month $(MONTH)
	printf '%s\n' 机构,数据库,数据目录,公示目录 甲市,jia/agency.db,jia/inputs,jia/out 乙市,yi/agency.db,yi/inputs,yi/out \
	  > demo-province/agencies.csv
	@$(BIN)/supervision province $(BEFORE) demo-province/agencies.csv --rehearsal --out demo-province/result; \
	code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	@$(BIN)/supervision --store demo.db status; code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	@for who in $(PEOPLE); do SUPERVISION_PASSPHRASE=$(DESK_PASSWORD) $(BIN)/supervision --store demo.db desk user add $$who --role $${who%-2} || exit; done
	SUPERVISION_PASSPHRASE=$(DESK_PASSWORD) $(BIN)/supervision --store demo.db desk user add clerk --role clerk --office market-320505
	rm -f demo-backup.age
	SUPERVISION_PASSPHRASE=$(DEMO_PASSPHRASE) $(BIN)/supervision --store demo.db backup demo-backup.age
	SUPERVISION_PASSPHRASE=$(DEMO_PASSPHRASE) $(BIN)/supervision restore demo-backup.age --check
	@$(BIN)/supervision --store demo.db doctor --out demo-out; code=$$?; test $$code -eq 0 -o $$code -eq 4 || exit $$code
	rm -f demo-mapping.yaml
	$(BIN)/supervision map docs/examples/foreign_table/inspections.csv --kind history --set item_id=food --out demo-mapping.yaml

	@echo "工作台：make desk，用户名见上，密码 $(DESK_PASSWORD) / the desk: make desk, people as above, this password"

desk: $(BIN)/supervision
	@test -f demo.db || { echo "先运行 make demo / first: make demo"; exit 2; }
	$(BIN)/supervision --store demo.db desk --out demo-out

lint: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest -n auto --maxprocesses 4

docs: $(VENV)/.docs-ready
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet
	$(BIN)/python docs/generate/outside_requests.py site
	@echo "网页已生成 / the pages stand in: site/index.html"

bundle: docs
	rm -rf bundle-out
	$(BIN)/python bundle/build.py bundle-out --site site
	@echo "安装包在 / the bundle stands in: bundle-out（sh bundle/try.sh bundle-out 试装）"

clean:
	rm -rf bundle-out demo-city demo-before demo-results demo-out demo-handover demo-annual.xlsx demo-checkins.xlsx demo.db* demo-agency*.pem demo-county demo-province \
	  demo-part.json demo-backup.age site .venv
