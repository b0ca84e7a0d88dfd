// SPDX-License-Identifier: Apache-2.0
#include "ingest/mapping.h"

#include <re2/re2.h>

#include <algorithm>
#include <utility>

#include "base/embedded.h"
#include "base/nearest.h"
#include "ingest/mapping_parser.h"

namespace backcast {

const Field* Mapping::Find(std::string_view name) const {
  for (const Field& field : fields) {
    if (field.id == name) return &field;
  }
  return nullptr;
}

std::vector<FactColumn> StagedColumns(const Fact& fact) {
  std::vector<FactColumn> columns;
  if (fact.is_dimension) columns.push_back({.name = "natural", .type = Type::kLabel});
  columns.insert(columns.end(), fact.columns.begin(), fact.columns.end());
  return columns;
}

Result<CellForm> MappingParser::ReadForm(const Yaml& node, CellForm form) const {
  if (const Yaml* nulls = node.Find("null")) {
    form.nulls.clear();
    for (const std::string& word : nulls->Texts()) form.nulls.push_back(std::string(Trim(word)));
  }
  const std::string style = node.Text("numbers");
  if (style == "point")
    form.style = NumberStyle::kPoint;
  else if (style == "comma")
    form.style = NumberStyle::kComma;
  else if (!style.empty())
    return Fault(*node.Find("numbers"), "numbers are written with a 'point' or a 'comma'");
  const std::string date = node.Text("date");
  if (date == "month_first")
    form.date_order = DateFormat::Order::kMonthFirst;
  else if (date == "day_first")
    form.date_order = DateFormat::Order::kDayFirst;
  else if (date == "unix_seconds")
    form.date_serial = DateFormat::Serial::kUnixSeconds;
  else if (date == "unix_millis")
    form.date_serial = DateFormat::Serial::kUnixMillis;
  else if (date == "excel")
    form.date_serial = DateFormat::Serial::kExcel;
  else if (!date.empty())
    return Fault(*node.Find("date"), "a date is month_first, day_first, unix_seconds, unix_millis or excel");
  const std::string percent = node.Text("percent");
  if (percent == "number" || percent == "text")
    form.percent = PercentKind::kPercent;
  else if (percent == "fraction")
    form.percent = PercentKind::kFraction;
  else if (!percent.empty())
    return Fault(*node.Find("percent"), "a percentage is 'text' (5%), 'number' (5) or 'fraction' (0.05)");
  if (const Yaml* scale = node.Find("scale")) {
    if (!scale->Number() || *scale->Number() == 0) return Fault(*scale, "scale must be a number");
    form.scale = *scale->Number();
  }
  form.zone = node.Text("zone", form.zone);
  if (const Yaml* duration = node.Find("duration")) form.duration = duration->Boolean().value_or(false);
  const std::string missing = node.Text("missing_means");
  if (!missing.empty() && missing != "zero" && missing != "not_reported") {
    return Fault(*node.Find("missing_means"), "a missing cell means 'zero' or 'not_reported'");
  }
  if (!missing.empty()) form.missing_is_zero = missing == "zero";
  return form;
}

Result<Done> MappingParser::ReadColumns(const Yaml& node) {
  for (const Yaml::Entry& entry : node.entries) {
    Field field;
    field.id = entry.key;
    field.form = defaults_;
    const Yaml* names = &entry.value;
    if (entry.value.IsMap()) {
      BACKCAST_CHECK(OnlyKeys(entry.value, {"names", "null", "numbers", "date", "percent", "scale", "zone",
                                            "duration", "missing_means"}));
      BACKCAST_TRY(field.form, ReadForm(entry.value, defaults_));
      names = entry.value.Find("names");
    }
    if (names == nullptr || names->Texts().empty())
      return Fault(entry.place, "column '" + entry.key + "' needs the header's names");
    for (std::string name : names->Texts()) {
      if (const std::size_t mark = name.rfind('#'); mark != std::string::npos && mark + 2 == name.size()) {
        field.occurrence = name[mark + 1] - '0';
        name.resize(mark);
      }
      field.names.push_back(ReadHeaderName(name).name);
    }
    Add(std::move(field));
  }
  return Done{};
}

Result<Done> MappingParser::ReadRequired(const Yaml& node) {
  for (const Yaml& item : node.items) {
    BACKCAST_TRY(const std::vector<int> choice, References(item));
    for (const int field : choice) {
      if (mapping_.fields[static_cast<std::size_t>(field)].make != Make::kColumn)
        return Fault(item, "only columns can be required");
    }
    mapping_.required.push_back(choice);
  }
  return Done{};
}

Result<Done> MappingParser::ReadValues(const Yaml& node) {
  for (const Yaml::Entry& entry : node.entries) {
    if (mapping_.Find(entry.key) != nullptr) return Fault(entry.place, "'" + entry.key + "' exists already");
    BACKCAST_TRY(const int index, Reference(entry.value));
    if (!entry.value.IsScalar()) {
      mapping_.fields[static_cast<std::size_t>(index)].id = entry.key;
      continue;
    }
    Field same;
    same.id = entry.key;
    same.make = Make::kFirst;
    same.from = {index};
    same.form = mapping_.fields[static_cast<std::size_t>(index)].form;
    Add(std::move(same));
  }
  return Done{};
}

Result<Done> MappingParser::ReadRows(const Yaml& node) {
  for (const Yaml& item : node.items) {
    BACKCAST_CHECK(OnlyKeys(item, {"totals", "skip", "refuse", "reason", "check", "broken"}));
    RowRule rule;
    const Yaml* when = nullptr;
    static constexpr std::pair<const char*, RowRule::Kind> kKinds[] = {{"totals", RowRule::Kind::kTotals},
                                                                       {"refuse", RowRule::Kind::kRefuse},
                                                                       {"skip", RowRule::Kind::kSkip}};
    for (const auto& [word, kind] : kKinds) {
      if (when != nullptr) break;
      when = item.Find(word);
      rule.kind = kind;
    }
    if (when == nullptr) return Fault(item, "a row rule is totals, skip or refuse");
    BACKCAST_TRY(rule.when, ReadPredicate(*when));
    rule.reason = item.Text("reason");
    if (rule.reason.empty() && rule.kind != RowRule::Kind::kTotals) return Fault(item, "say the reason");
    if (const Yaml* check = item.Find("check")) rule.check = check->Texts();
    if (const Yaml* broken = item.Find("broken")) {
      for (const std::string& word : broken->Texts()) rule.broken.push_back(FoldText(word));
    }
    mapping_.rows.push_back(std::move(rule));
  }
  return Done{};
}

Result<Done> MappingParser::ReadTargets(const Fact& fact, const Yaml& node, Fill& fill) {
  const auto add = [&](std::string_view column, const Yaml& value, const Place& place) -> Result<Done> {
    if (const Yaml* offered = value.Find("offered")) {
      for (const Yaml& item : offered->items) {
        BACKCAST_TRY(Target choice, ReadTarget(fact, column, item, item.place));
        fill.targets.push_back(std::move(choice));
      }
      return Done{};
    }
    BACKCAST_TRY(Target target, ReadTarget(fact, column, value, place));
    const bool twice = std::any_of(fill.targets.begin(), fill.targets.end(),
                                   [&](const Target& t) { return t.column == target.column; });
    if (twice) return Fault(place, "column '" + std::string(column) + "' is filled twice");
    fill.targets.push_back(std::move(target));
    return Done{};
  };
  if (const Yaml* same = node.Find("same")) {
    for (const Yaml& item : same->items) BACKCAST_CHECK(add(item.text, item, item.place));
  }
  if (const Yaml* columns = node.Find("columns")) {
    for (const Yaml::Entry& entry : columns->entries)
      BACKCAST_CHECK(add(entry.key, entry.value, entry.place));
  }
  return Done{};
}

Result<Fill> MappingParser::ReadFill(const Yaml& node) {
  BACKCAST_CHECK(OnlyKeys(node, {"fact", "when", "same", "columns", "repeats"}));
  Fill fill;
  fill.fact = node.Text("fact");
  const Fact* fact = schemas_.Find(fill.fact);
  if (fact == nullptr) {
    std::vector<std::string> known;
    for (const Fact& each : schemas_.all()) known.push_back(each.id);
    return Fault(node, "there is no fact '" + fill.fact + "'", DidYouMean(fill.fact, known));
  }
  if (const Yaml* when = node.Find("when")) {
    BACKCAST_TRY(fill.when, ReadPredicate(*when));
  }
  if (const Yaml* repeats = node.Find("repeats")) {
    if (repeats->text != "add") return Fault(*repeats, "repeats can only be 'add'");
    if (fact->is_dimension) return Fault(*repeats, "rows of a dimension are not added");
    fill.add_repeats = true;
  }
  BACKCAST_CHECK(ReadTargets(*fact, node, fill));
  std::vector<std::string> needed = fact->key;
  if (fact->is_dimension) needed.push_back("natural");
  const std::vector<FactColumn> staged = StagedColumns(*fact);
  for (const std::string& name : needed) {
    const auto filled = [&](const Target& target) { return staged[target.column].name == name; };
    const FactColumn* column = fact->Find(name);
    const bool can_be_blank = column != nullptr && column->type == Type::kLabel && !name.ends_with("_id");
    if (!can_be_blank && std::none_of(fill.targets.begin(), fill.targets.end(), filled)) {
      return Fault(node, "fact " + fact->id + " needs its key column '" + name + "'");
    }
  }
  return fill;
}

Result<Done> MappingParser::ReadFills(const Yaml& node) {
  for (const Yaml& item : node.items) {
    BACKCAST_TRY(Fill fill, ReadFill(item));
    if (mapping_.main_fact.empty() && !schemas_.Find(fill.fact)->is_dimension) mapping_.main_fact = fill.fact;
    mapping_.fills.push_back(std::move(fill));
  }
  if (mapping_.main_fact.empty() && !mapping_.fills.empty()) mapping_.main_fact = mapping_.fills.front().fact;
  if (mapping_.fills.empty()) return Fault(node, "a mapping fills at least one fact");
  return Done{};
}

Result<Done> MappingParser::ReadCarry(const Yaml& node) {
  BACKCAST_CHECK(OnlyKeys(node, {"by", "fields"}));
  const Yaml* by = node.Find("by");
  const Yaml* fields = node.Find("fields");
  if (by == nullptr || fields == nullptr) return Fault(node, "carry needs 'by' and 'fields'");
  BACKCAST_TRY(mapping_.carry_by, Named(by->text, *by));
  BACKCAST_TRY(mapping_.carry, References(*fields));
  for (const int field : mapping_.carry) {
    if (mapping_.fields[static_cast<std::size_t>(field)].make != Make::kColumn)
      return Fault(*fields, "only columns can be carried");
  }
  return Done{};
}

Result<Done> MappingParser::ReadTelling(const Yaml& node) {
  BACKCAST_TRY(mapping_.telling, References(node));
  return Done{};
}

Result<Done> MappingParser::ReadRemarks(const Yaml& node) {
  for (const Yaml& item : node.items) {
    Remark remark;
    if (item.IsScalar()) {
      remark.say = item.text;
    } else {
      BACKCAST_CHECK(OnlyKeys(item, {"say", "with", "without", "when"}));
      remark.say = item.Text("say");
      if (const Yaml* with = item.Find("with")) {
        BACKCAST_TRY(remark.with, Reference(*with));
      }
      if (const Yaml* without = item.Find("without")) {
        BACKCAST_TRY(remark.without, Reference(*without));
      }
      if (const Yaml* when = item.Find("when")) {
        BACKCAST_TRY(remark.when, ReadPredicate(*when));
      }
    }
    if (remark.say.empty()) return Fault(item, "a remark says something");
    mapping_.remarks.push_back(std::move(remark));
  }
  return Done{};
}

Result<Done> MappingParser::ReadTop(const Yaml& root) {
  BACKCAST_CHECK(OnlyKeys(root, {"version",
                                 "id",
                                 "title",
                                 "note",
                                 "platform",
                                 "counter",
                                 "file_names",
                                 "preamble",
                                 "required",
                                 "columns",
                                 "values",
                                 "ignored",
                                 "rows",
                                 "facts",
                                 "remarks",
                                 "carry",
                                 "period_from_sibling",
                                 "defaults",
                                 "telling",
                                 "foreign"}));
  mapping_.id = root.Text("id");
  mapping_.title = root.Text("title");
  mapping_.platform = root.Text("platform");
  mapping_.counter = root.Text("counter");
  if (mapping_.id.empty()) return Fault(root, "a mapping needs an id");
  if (const Yaml* counter = root.Find("counter")) {
    const std::vector<std::string> known = {"daily", "lifetime", "rolling", "unique"};
    if (std::find(known.begin(), known.end(), mapping_.counter) == known.end()) {
      return Fault(*counter, "counter is daily, lifetime, rolling or unique",
                   DidYouMean(mapping_.counter, known));
    }
  }
  for (const auto& [key, list] :
       {std::pair{"file_names", &mapping_.file_names}, std::pair{"preamble", &mapping_.preamble}}) {
    const Yaml* node = root.Find(key);
    if (node == nullptr) continue;
    *list = node->Texts();
    for (const std::string& pattern : *list) {
      if (const RE2 compiled(pattern, RE2::Quiet); !compiled.ok())
        return Fault(*node, "pattern '" + pattern + "': " + compiled.error());
    }
  }
  if (const Yaml* foreign = root.Find("foreign")) {
    for (const std::string& name : foreign->Texts()) mapping_.foreign.push_back(ReadHeaderName(name).name);
  }
  if (const Yaml* ignored = root.Find("ignored")) {
    for (const std::string& name : ignored->Texts()) mapping_.ignored.push_back(ReadHeaderName(name).name);
  }
  if (const Yaml* sibling = root.Find("period_from_sibling")) {
    mapping_.sibling = Sibling{sibling->Text("file"), ReadHeaderName(sibling->Text("column")).name};
  }
  return Done{};
}

Result<Mapping> MappingParser::Parse(const Yaml& root) {
  BACKCAST_CHECK(ReadTop(root));
  if (const Yaml* defaults = root.Find("defaults")) {
    BACKCAST_TRY(defaults_, ReadForm(*defaults, {}));
  }
  using Reader = Result<Done> (MappingParser::*)(const Yaml&);
  struct Part {
    std::string_view key;
    Reader read;
    bool needed;
  };
  static constexpr Part kParts[] = {
      {"columns", &MappingParser::ReadColumns, true},  {"required", &MappingParser::ReadRequired, true},
      {"values", &MappingParser::ReadValues, false},   {"rows", &MappingParser::ReadRows, false},
      {"carry", &MappingParser::ReadCarry, false},     {"telling", &MappingParser::ReadTelling, false},
      {"remarks", &MappingParser::ReadRemarks, false}, {"facts", &MappingParser::ReadFills, true}};
  for (const Part& part : kParts) {
    const Yaml* node = root.Find(part.key);
    if (node == nullptr && part.needed) return Fault(root, "a mapping needs '" + std::string(part.key) + "'");
    if (node != nullptr) BACKCAST_CHECK((this->*part.read)(*node));
  }
  return std::move(mapping_);
}

Result<Mapping> ParseMapping(std::string_view yaml, std::string_view file, const Schemas& schemas,
                             const WordLists& lists) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  return MappingParser(file, schemas, lists).Parse(root);
}

}  // namespace backcast
