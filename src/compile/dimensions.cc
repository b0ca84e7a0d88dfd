// SPDX-License-Identifier: Apache-2.0
#include "compile/dimensions.h"

#include <algorithm>
#include <array>
#include <set>

namespace backcast {
namespace {

constexpr std::array<std::string_view, 5> kUnits = {"day", "week", "month", "quarter", "weekday"};

bool IsDimension(const FactColumn& column) {
  return column.type == Type::kLabel || column.type == Type::kFlag;
}

}  // namespace

std::string PlainName(std::string_view name) {
  std::string plain(name);
  std::replace(plain.begin(), plain.end(), '.', '_');
  return plain;
}

std::optional<DimensionSource> FindDimension(const Schemas& schemas, const Fact& fact,
                                             std::string_view name) {
  const std::string plain = PlainName(name);
  if (const FactColumn* own = fact.Find(plain); own != nullptr && IsDimension(*own)) {
    return DimensionSource{plain, "", "", "", own->type == Type::kFlag};
  }
  for (const FactColumn& column : fact.columns) {
    const Fact* dimension = column.type == Type::kCode ? schemas.Find(column.of) : nullptr;
    const FactColumn* found = dimension == nullptr ? nullptr : dimension->Find(plain);
    if (found != nullptr && IsDimension(*found)) {
      return DimensionSource{plain, column.name, dimension->id, "", found->type == Type::kFlag};
    }
  }
  if (!fact.asked_by.empty() && std::find(kUnits.begin(), kUnits.end(), plain) != kUnits.end()) {
    return DimensionSource{"", "", "", plain, false};
  }
  return std::nullopt;
}

std::vector<std::string> DimensionNames(const Schemas& schemas, const Fact& fact) {
  std::set<std::string> names;
  if (!fact.asked_by.empty()) names.insert(kUnits.begin(), kUnits.end());
  for (const FactColumn& column : fact.columns) {
    if (IsDimension(column)) names.insert(column.name);
    const Fact* dimension = column.type == Type::kCode ? schemas.Find(column.of) : nullptr;
    if (dimension == nullptr) continue;
    for (const FactColumn& other : dimension->columns) {
      if (IsDimension(other)) names.insert(other.name);
    }
  }
  return {names.begin(), names.end()};
}

bool HasExact(const Expression& expression, const Catalogue& catalogue) {
  if (expression.aggregate == "exact") return true;
  if (expression.kind == Expression::Kind::kMetric)
    return HasExact(catalogue.Find(expression.metric)->expression, catalogue);
  return std::any_of(expression.parts.begin(), expression.parts.end(),
                     [&](const Expression& part) { return HasExact(part, catalogue); });
}

std::vector<std::string> DimensionsOf(const Catalogue& catalogue, const Schemas& schemas,
                                      const Metric& metric) {
  std::vector<std::string> common;
  bool first = true;
  for (const std::string& id : catalogue.FactsOf(metric)) {
    const Fact* fact = schemas.Find(id);
    if (fact == nullptr) continue;
    const std::vector<std::string> names = DimensionNames(schemas, *fact);
    if (first) {
      common = names;
    } else {
      std::erase_if(common, [&](const std::string& name) {
        return !std::binary_search(names.begin(), names.end(), name);
      });
    }
    first = false;
  }
  if (HasExact(metric.expression, catalogue)) {
    std::erase_if(common, [](const std::string& name) {
      return std::find(kUnits.begin(), kUnits.end(), name) != kUnits.end();
    });
  }
  return common;
}

}  // namespace backcast
