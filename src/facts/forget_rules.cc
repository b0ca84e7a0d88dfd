// SPDX-License-Identifier: Apache-2.0
#include "facts/forget_rules.h"

#include <algorithm>

#include "base/embedded.h"
#include "base/yaml.h"

namespace backcast {
namespace {

struct Rules {
  std::vector<NamelessRule> nameless;
  std::vector<std::string> names;
};

const Rules& TheRules() {
  static const Rules rules = [] {
    Rules read;
    constexpr std::string_view kFile = "forget/rules.yaml";
    const auto text = Embedded(kFile);
    if (!text) return read;
    const Result<Yaml> root = ParseYaml(*text, kFile);
    if (!root.ok()) return read;
    for (const Yaml& item : root.value().Items("stays_nameless"))
      read.nameless.push_back({item.Text("fact"), item.Texts("without")});
    read.names = root.value().Texts("names");
    return read;
  }();
  return rules;
}

}  // namespace

const NamelessRule* FindNamelessRule(std::string_view fact) {
  for (const NamelessRule& rule : TheRules().nameless) {
    if (rule.fact == fact) return &rule;
  }
  return nullptr;
}

const std::vector<std::string>& NameColumns() { return TheRules().names; }

bool NamesPersons(const Fact& fact) {
  return std::any_of(fact.columns.begin(), fact.columns.end(),
                     [](const FactColumn& column) { return column.of == "person"; });
}

std::string OwnedBy(const Fact& fact) {
  return NamesPersons(fact) && FindNamelessRule(fact.id) == nullptr && fact.key.size() == 1 ? fact.key[0]
                                                                                            : "";
}

}  // namespace backcast
