# What a person or CI does with this repository. `make help` lists it.
PYTHON ?= python3
BIN := .venv/bin
MODULES := node_modules/.package-lock.json

# What the server needs, and what its tests need; all inside this folder.
INSTALLED := .venv/ready static/vendor/ready app/imaging/vendor/ready static/vendor/mesh.json app/translations/ready static/bundles/ready
FOR_TESTS := .venv/ready-dev $(INSTALLED)

.PHONY: help run install test faults bench accuracy lint words packages clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

run: $(INSTALLED) ## install, prepare and serve the demo
	@$(BIN)/python -m app.start

install: $(INSTALLED) ## install what the server needs: docs/deploy.md

test: $(FOR_TESTS) ## install what tests need and run all of them
	@sh tests/install.sh
	node --test --test-reporter=dot --import ./tests/js/resolve.js tests/js/*.test.js
	$(BIN)/pytest -n 2 --dist loadfile

faults: $(FOR_TESTS) ## what strangers, faults and guesses can do, in tables; the fault tests at full counts
	@sh tests/install.sh nginx
	$(BIN)/python -m bench.faults
	$(BIN)/python -m bench.faults rerun
	FAULT_ROUNDS=50 $(BIN)/pytest -m faults --timeout 1800

bench: $(FOR_TESTS) ## measurements beside their baselines
	@sh tests/install.sh
	$(BIN)/python -m bench

accuracy: $(FOR_TESTS) ## how right the checks are: writes docs/accuracy.md
	@sh tests/install.sh
	$(BIN)/python -m bench.accuracy

lint: .venv/ready-dev $(MODULES) ## style and types: ruff and mypy, biome and tsc
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	node_modules/.bin/biome check --error-on-warnings
	for part in jsconfig.json jsconfig.worker.json jsconfig.node.json; do node_modules/.bin/tsc --project $$part || exit 1; done

words: .venv/ready-dev ## collect the texts that want translation
	@mkdir -p var
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k N_:1,2c,2t -o var/messages.pot --no-location --omit-header --sort-output app templates
	$(BIN)/pybabel -q update -N -i var/messages.pot -d app/translations -l en --no-wrap --ignore-obsolete --ignore-pot-creation-date

packages: .venv/ready ## draw the packages and their arrows: writes docs/packages.md
	$(BIN)/python -m tests.house.picture

clean: ## remove what was installed; DATA_DIR stays
	rm -rf .venv node_modules static/vendor static/words static/bundles app/imaging/vendor app/translations/ready

.venv/ready: requirements.txt
	@test -e $@ || echo "A first start takes two to three minutes; what is fetched stays in this folder. 首次启动需要两三分钟。"
	@echo "Python packages, into .venv/: about 80 seconds. 安装 Python 包，约 80 秒。"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/ready-dev: requirements-dev.txt .venv/ready
	@echo "Python packages of the tests, into .venv/: about a minute."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

$(MODULES): package.json package-lock.json
	@echo "Browser code and networks, into node_modules/: about 45 seconds. 安装浏览器代码和神经网络，约 45 秒。"
	@npm ci --loglevel=error --no-progress --no-update-notifier
	@touch $@

static/vendor/ready: vendor.js $(MODULES)
	@echo "What the browser gets of them, into static/vendor/. 打包浏览器代码。"
	@node vendor.js
	@touch $@

app/imaging/vendor/ready: app/imaging/networks/weights.py $(MODULES) .venv/ready
	@echo "What the server gets of them, into app/imaging/vendor/. 取出服务器用的神经网络。"
	@$(BIN)/python -W ignore::RuntimeWarning:runpy -m app.imaging.networks.weights
	@touch $@

static/vendor/mesh.json: app/imaging/phone_mesh.py app/imaging/networks/tflite.py app/imaging/scene/regions.py app/imaging/vendor/ready static/vendor/ready
	@echo "The server's landmark network for the phone, into static/vendor/. 转换手机用的神经网络。"
	@$(BIN)/python -m app.imaging.phone_mesh

app/translations/ready: app/translations/en/LC_MESSAGES/messages.po $(wildcard app/*/*texts.py) app/pairing/ending_rules.py .venv/ready
	@echo "Translations, and the phone's texts into static/words/. 编译译文。"
	@$(BIN)/pybabel -q compile -d app/translations
	@$(BIN)/python -m app.phone.texts
	@touch $@

static/bundles/ready: bundle.js $(wildcard static/js/*/*.js static/css/*.css) static/vendor/ready static/vendor/mesh.json app/translations/ready
	@echo "The phone's scripts as few files, into static/bundles/. 合并手机页面的脚本。"
	@node bundle.js
	@touch $@
