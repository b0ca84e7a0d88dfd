// SPDX-License-Identifier: Apache-2.0
#include "plan/scope.h"

#include <algorithm>

#include "base/embedded.h"

namespace backcast {
namespace {

const Yaml& Aliases() {
  static const Yaml aliases = [] {
    Result<Yaml> parsed =
        ParseYaml(Embedded("plan/aliases.yaml").value_or(""), "catalogue/plan/aliases.yaml");
    return parsed.ok() ? std::move(parsed).value() : Yaml();
  }();
  return aliases;
}

std::string Dimension(const std::string& written) {
  const Yaml* dimensions = Aliases().Find("dimensions");
  return dimensions == nullptr ? written : dimensions->Text(written, written);
}

std::vector<std::string> Values(const std::string& dimension, const std::string& written,
                                const Catalogue& catalogue) {
  if (const std::vector<std::string>* known = catalogue.Alias(dimension, written)) return *known;
  const Yaml* all = Aliases().Find("values");
  const Yaml* of_dimension = all == nullptr ? nullptr : all->Find(dimension);
  const Yaml* values = of_dimension == nullptr ? nullptr : of_dimension->Find(written);
  return values == nullptr ? std::vector<std::string>{written} : values->Texts();
}

}  // namespace

Scope ReadScope(const Yaml* value, const Catalogue& catalogue) {
  Scope scope;
  if (value == nullptr) return scope;
  for (const Yaml::Entry& entry : value->entries) {
    const std::string dimension = Dimension(entry.key);
    std::vector<std::string> values;
    for (const std::string& written : entry.value.Texts()) {
      for (std::string& one : Values(dimension, written, catalogue)) values.push_back(std::move(one));
    }
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    if (!values.empty()) scope.emplace_back(dimension, std::move(values));
  }
  return scope;
}

}  // namespace backcast
