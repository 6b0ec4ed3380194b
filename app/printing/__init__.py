"""毕业生登记表: what stands on it (rules, queries), how it is set (form.typ, press, fonts), its pages (views)."""
