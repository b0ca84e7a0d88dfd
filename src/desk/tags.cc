// SPDX-License-Identifier: Apache-2.0
#include "desk/tags.h"

#include <map>

#include "base/yaml.h"
#include "sql/dialect.h"

namespace backcast {
namespace {

constexpr std::string_view kHeader =
    "# Names that links should have carried. `backcast utm --accept-names` adds to it; edit it as you like.\n"
    "names:\n";

/// Our field -> the column that facts have for it.
std::string_view ColumnOf(std::string_view field) { return field == "source" ? "source_name" : field; }

bool IsField(std::string_view field) { return field == "source" || field == "medium" || field == "campaign"; }

/// A text in double quotes, as YAML and JSON both read it.
std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte == 0x7F) {
      static constexpr std::string_view kDigits = "0123456789ABCDEF";
      quoted += std::string("\\x") + kDigits[byte >> 4U] + kDigits[byte & 15U];
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

}  // namespace

Result<std::vector<TagName>> ReadTagNames(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  const auto wrong = [&](const Yaml& at, std::string what) {
    return Error{Code::kInput, At(file, at.place), std::move(what),
                 "an entry is {field: campaign, write: spring_sale, instead_of: [Spring-Sale]}"};
  };
  std::vector<TagName> names;
  if (root.IsNull()) return names;
  const Yaml* list = root.IsMap() && root.entries.size() == 1 ? root.Find("names") : nullptr;
  if (list == nullptr || !(list->IsList() || list->IsNull()))
    return wrong(root, "tags.yaml has one key, names, with a list");
  for (const Yaml& item : list->items) {
    TagName name{item.Text("field"), item.Text("write"), item.Texts("instead_of")};
    if (!IsField(name.field)) return wrong(item, "the field of a name is source, medium or campaign");
    if (name.write.empty() || name.instead_of.empty())
      return wrong(item, "an entry lacks write or instead_of");
    names.push_back(std::move(name));
  }
  return names;
}

Result<std::string> WithTagNames(const std::string& text, std::string_view file,
                                 const std::vector<TagName>& added) {
  BACKCAST_TRY(const std::vector<TagName> before, ReadTagNames(text, file));
  std::string with = text.find_first_not_of(" \t\r\n") == std::string::npos ? std::string(kHeader) : text;
  if (!with.ends_with('\n')) with += '\n';
  for (const TagName& name : added) {
    std::string list;
    for (const std::string& seen : name.instead_of) list += (list.empty() ? "" : ", ") + Quoted(seen);
    with += "- {field: " + name.field + ", write: " + Quoted(name.write) + ", instead_of: [" + list + "]}\n";
  }
  const auto after = ReadTagNames(with, file);
  if (!after.ok() || after.value().size() != before.size() + added.size()) {
    return Error{Code::kInput, std::string(file),
                 "the list does not end the file, so that nothing can be added",
                 "write it as lines that begin with a dash"};
  }
  return with;
}

Result<Done> ApplyTagNames(const std::vector<TagName>& names, const Schemas& schemas, DuckDb& engine) {
  std::map<std::string, std::string> cases;
  for (const TagName& name : names) {
    std::string& one = cases[std::string(ColumnOf(name.field))];
    for (const std::string& seen : name.instead_of)
      one += " when lower(trim(" + QuoteText(seen) + ")) then " + QuoteText(name.write);
  }
  for (const Fact& fact : schemas.all()) {
    std::string replaced;
    for (const auto& [column, whens] : cases) {
      const FactColumn* found = fact.Find(column);
      if (found == nullptr || found->type != Type::kLabel || fact.is_dimension) continue;
      const std::string quoted = QuoteName(column);
      replaced += (replaced.empty() ? "" : ", ") + ("coalesce(case lower(trim(" + quoted + "))") + whens +
                  " end, " + quoted + ") as " + quoted;
    }
    if (replaced.empty()) continue;
    const std::string as_tagged = QuoteName(fact.id + "_as_tagged");
    BACKCAST_CHECK(engine.Do("drop view if exists " + as_tagged));
    BACKCAST_CHECK(engine.Do("alter view " + QuoteName(fact.id) + " rename to " + as_tagged));
    BACKCAST_CHECK(engine.Do("create view " + QuoteName(fact.id) + " as select * replace (" + replaced +
                             ") from " + as_tagged));
  }
  return Done{};
}

}  // namespace backcast
