// SPDX-License-Identifier: Apache-2.0
#include "guide/proposals.h"

#include <algorithm>

#include "base/embedded.h"

namespace backcast {
namespace {

void ReadWords(const Yaml& root, std::string_view key,
               std::map<std::string, std::string, std::less<>>& into) {
  const Yaml* map = root.Find(key);
  if (map == nullptr) return;
  for (const Yaml::Entry& entry : map->entries) into[entry.key] = entry.value.text;
}

}  // namespace

Result<Proposals> Proposals::Parse(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  Proposals proposals;
  for (const Yaml& item : root.Items("functions"))
    proposals.functions.push_back({item.Text("id"), item.Text("role"), item.Texts("influences")});
  ReadWords(root, "same_as", proposals.same_as);
  ReadWords(root, "steps", proposals.steps);
  proposals.entry = root.Texts("entry");
  for (const Yaml& item : root.Items("tactics")) {
    const Yaml* opt_in = item.Find("opt_in");
    proposals.tactics.push_back({item.Text("id"), item.Text("name"), item.Text("element"), item.Text("stage"),
                                 item.Text("focus"), item.Text("channels"), item.Text("for"),
                                 item.Texts("moves"), item.Texts("asks_for"), item.Texts("path"),
                                 item.Texts("owner"), opt_in == nullptr ? Yaml() : *opt_in});
  }
  if (const Yaml* requests = root.Find("requests")) proposals.requests = *requests;
  if (const Yaml* segment = root.Find("segment")) proposals.segment = *segment;
  if (const Yaml* limits = root.Find("limits")) {
    proposals.most_of_outcome = limits->Number("outcome", 6);
    proposals.most_of_owner = limits->Number("owner", 7);
    proposals.most_leads = limits->Number("leads", 2);
    proposals.most_share = limits->Number("share", 0.6);
  }
  if (proposals.functions.empty() || proposals.tactics.empty())
    return Error{Code::kInput, std::string(file), "functions and tactics are needed", ""};
  return proposals;
}

const Proposals& Proposals::Shipped() {
  static const Proposals proposals = [] {
    auto parsed = Parse(Embedded("plan/proposals.yaml").value_or(""), "catalogue/plan/proposals.yaml");
    return parsed.ok() ? std::move(parsed).value() : Proposals();
  }();
  return proposals;
}

const CompanyFunction* Proposals::FindFunction(std::string_view word) const {
  const auto other = same_as.find(word);
  const std::string_view id = other == same_as.end() ? word : std::string_view(other->second);
  const auto found = std::find_if(functions.begin(), functions.end(),
                                  [&](const CompanyFunction& function) { return function.id == id; });
  return found == functions.end() ? nullptr : &*found;
}

}  // namespace backcast
