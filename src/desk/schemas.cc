// SPDX-License-Identifier: Apache-2.0
#include "desk/schemas.h"

#include <vector>

#include "base/embedded.h"
#include "desk/envelope.h"
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

}  // namespace

Answer ListSchemas(Format format) {
  if (format == Format::kJson) return {Dump(Envelope("schema", "", {{"schemas", Ids()}})), false};
  std::string out;
  for (const std::string& id : Ids()) out += id + "\n";
  return {out, false};
}

Result<Answer> DescribeSchema(const std::string& id) {
  if (id == "plan") return Answer{PlanSchema(), false};
  if (const auto text = Embedded("schemas/" + id + ".json")) return Answer{std::string(*text), false};
  std::string known;
  for (const std::string& each : Ids()) known += (known.empty() ? "" : ", ") + each;
  return Error{Code::kUsage, "", "there is no schema '" + id + "'", "there are " + known};
}

}  // namespace backcast
