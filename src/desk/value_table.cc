// SPDX-License-Identifier: Apache-2.0
#include "desk/value_table.h"

#include <map>

namespace backcast {
namespace {

/// Words as they are, numbers in the shortest form that reads back the same.
std::string Cell(const Json& json) {
  if (json.is_null()) return "";
  return json.is_string() ? json.get<std::string>() : json.dump();
}

std::string Part(const Json& value, const char* key) {
  return value.contains(key) ? Cell(value[key]) : std::string();
}

bool IsValue(const Json& json) {
  return json.is_object() && json.contains("state") && json.contains("value") && json.contains("unit");
}

/// An entry of a list goes by its first member where that is a word: an id, a rule, a kind.
std::string NameIn(const Json& entry) {
  const bool named = entry.is_object() && !entry.empty() && entry.front().is_string();
  return named ? entry.front().get<std::string>() : std::string();
}

}  // namespace

ValueTable::ValueTable(const std::string& subject)
    : table_{{subject, "measure", "state", "value", "low", "high", "unit", "n", "text"}, {}, {}} {}

void ValueTable::Add(const std::string& subject, const Json& json) { Walk(subject, "", json); }

void ValueTable::Walk(const std::string& subject, const std::string& path, const Json& json) {
  const std::string below = path.empty() ? "" : path + ".";
  if (IsValue(json)) {
    table_.rows.push_back({subject, path, Part(json, "state"), Part(json, "value"), Part(json, "low"),
                           Part(json, "high"), Part(json, "unit"), Part(json, "n"), Part(json, "reason")});
  } else if (json.is_object()) {
    for (const auto& [key, member] : json.items()) Walk(subject, below + key, member);
  } else if (json.is_array()) {
    std::map<std::string, int> met;
    for (const Json& entry : json) {
      std::string name = NameIn(entry);
      const int times = ++met[name];
      if (name.empty() || times > 1) name += (name.empty() ? "" : " ") + std::to_string(times);
      Walk(subject, below + name, entry);
    }
  } else if (json.is_number()) {
    table_.rows.push_back({subject, path, "value", Cell(json), "", "", "", "", ""});
  } else if (!json.is_null()) {
    table_.rows.push_back({subject, path, "", "", "", "", "", "", Cell(json)});
  }
}

}  // namespace backcast
