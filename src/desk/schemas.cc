// SPDX-License-Identifier: Apache-2.0
#include "desk/schemas.h"

#include <vector>

#include "base/embedded.h"
#include "base/nearest.h"
#include "desk/envelope.h"
#include "desk/fact_schema.h"
#include "facts/schema.h"
#include "plan/plan.h"

namespace backcast {
namespace {

/// Answers' schemas lie under catalogue/schemas/<id>.json; the plan's is made from its description.
std::vector<std::string> Ids() {
  std::vector<std::string> ids = {"plan"};
  for (const EmbeddedFile& file : EmbeddedFiles("schemas/")) {
    std::string id(file.path.substr(8));
    if (id.ends_with(".json")) ids.push_back(id.substr(0, id.size() - 5));
  }
  return ids;
}

std::vector<std::string> IdsOf(const Schemas& facts) {
  std::vector<std::string> ids;
  for (const Fact& fact : facts.all()) ids.push_back(fact.id);
  return ids;
}

}  // namespace

Result<Answer> ListSchemas(Format format) {
  BACKCAST_TRY(const Schemas facts, Schemas::Shipped());
  std::vector<std::string> ids = Ids(), fact_ids = IdsOf(facts);
  if (format == Format::kJson)
    return Answer{Dump(Envelope("schema", "", {{"schemas", ids}, {"facts", fact_ids}}))};
  ids.insert(ids.end(), fact_ids.begin(), fact_ids.end());
  std::string out;
  for (const std::string& id : ids) out += id + "\n";
  return Answer{out};
}

Result<Answer> DescribeSchema(const std::string& id, Format format) {
  if (id == "plan") return Answer{PlanSchema()};
  if (const auto text = Embedded("schemas/" + id + ".json")) return Answer{std::string(*text)};
  BACKCAST_TRY(const Schemas facts, Schemas::Shipped());
  if (const Fact* fact = facts.Find(id))
    return Answer{format == Format::kJson ? Dump(Envelope("schema", "", FactJson(*fact))) : FactPaper(*fact)};
  std::vector<std::string> known = Ids();
  const std::vector<std::string> fact_ids = IdsOf(facts);
  known.insert(known.end(), fact_ids.begin(), fact_ids.end());
  const std::string hint = DidYouMean(id, known);
  return Error{Code::kUsage, "", "there is no schema and no fact '" + id + "'",
               hint.empty() ? "backcast schema list names them all" : hint};
}

}  // namespace backcast
