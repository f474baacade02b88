# Every target sets up what it needs. Only Python 3.11 (with venv) and make are assumed.
PYTHON ?= python3
UV_VERSION = 0.13.9
VENV = .venv
BIN = $(VENV)/bin
UV = $(BIN)/uv
TEST_WORKERS ?= 2
export UV_PROJECT_ENVIRONMENT = $(VENV)
export UV_PYTHON_DOWNLOADS = never
# Compiled modules are kept even where the machine says otherwise: each start is twice as fast.
export PYTHONDONTWRITEBYTECODE =

.DEFAULT_GOAL := help

.PHONY: help run test lint bench format clean

help: ## Liệt kê các lệnh
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

run: $(VENV)/.ready ## Cài đặt và chạy tại http://127.0.0.1:8000
	$(BIN)/pakn serve

test: lint ## Cài đặt và chạy toàn bộ kiểm thử
	@sh .ci/chromium
	$(BIN)/pytest -n $(TEST_WORKERS) --ignore tests/e2e
	$(BIN)/pytest tests/e2e

lint: $(VENV)/.ready-dev ## Kiểm tra kiểu, quy tắc viết mã, chiều phụ thuộc
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.ready-dev ## Đo độ đúng và tốc độ trên bộ câu hỏi
	$(BIN)/python -m tests.bench

format: $(VENV)/.ready-dev ## Sửa cách trình bày mã
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## Xóa môi trường và tệp tạm
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(UV):
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.ready: $(UV) pyproject.toml uv.lock
	$(UV) sync --quiet --locked --inexact --no-dev
	@touch $@

$(VENV)/.ready-dev: $(UV) pyproject.toml uv.lock
	$(UV) sync --quiet --locked --inexact
	@touch $@ $(VENV)/.ready
