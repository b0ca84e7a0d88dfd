// SPDX-License-Identifier: Apache-2.0
#include "guide/proposals.h"

#include <algorithm>

#include "base/embedded.h"

namespace backcast {
namespace {

std::vector<std::string> TextsOf(const Yaml& map, std::string_view key) {
  const Yaml* value = map.Find(key);
  return value == nullptr ? std::vector<std::string>() : value->Texts();
}

const std::vector<Yaml>& ItemsOf(const Yaml& map, std::string_view key) {
  static const std::vector<Yaml> none;
  const Yaml* value = map.Find(key);
  return value == nullptr ? none : value->items;
}

void ReadWords(const Yaml& root, std::string_view key,
               std::map<std::string, std::string, std::less<>>& into) {
  const Yaml* map = root.Find(key);
  if (map == nullptr) return;
  for (const Yaml::Entry& entry : map->entries) into[entry.key] = entry.value.text;
}

double LimitOf(const Yaml& root, std::string_view key, double otherwise) {
  const Yaml* limits = root.Find("limits");
  const Yaml* value = limits == nullptr ? nullptr : limits->Find(key);
  return value == nullptr ? otherwise : value->Number().value_or(otherwise);
}

template <class Entry>
const Entry* FindById(const std::vector<Entry>& entries, std::string_view id, std::string Entry::* key) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& one) { return one.*key == id; });
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace

Result<Proposals> Proposals::Parse(std::string_view yaml, std::string_view file) {
  BACKCAST_TRY(const Yaml root, ParseYaml(yaml, file));
  Proposals proposals;
  for (const Yaml& item : ItemsOf(root, "functions"))
    proposals.functions.push_back({item.Text("id"), item.Text("role"), TextsOf(item, "influences")});
  ReadWords(root, "same_as", proposals.same_as);
  ReadWords(root, "steps", proposals.steps);
  for (const Yaml& item : ItemsOf(root, "trees")) {
    proposals.trees.push_back({item.Text("id"), item.Text("strategy"), item.Text("objective"),
                               item.Text("kind"), TextsOf(item, "owner")});
  }
  for (const Yaml& item : ItemsOf(root, "pairs"))
    proposals.pairs.push_back(
        {item.Text("metric"), item.Text("cost"), item.Text("guard"), TextsOf(item, "compare")});
  proposals.entry = TextsOf(root, "entry");
  for (const Yaml& item : ItemsOf(root, "tactics")) {
    const Yaml* opt_in = item.Find("opt_in");
    proposals.tactics.push_back({item.Text("id"), item.Text("name"), item.Text("element"), item.Text("stage"),
                                 item.Text("focus"), item.Text("channels"), item.Text("for"),
                                 TextsOf(item, "moves"), TextsOf(item, "asks_for"), TextsOf(item, "path"),
                                 TextsOf(item, "owner"), opt_in == nullptr ? Yaml() : *opt_in});
  }
  if (const Yaml* requests = root.Find("requests")) proposals.requests = *requests;
  if (const Yaml* segment = root.Find("segment")) proposals.segment = *segment;
  proposals.most_of_outcome = LimitOf(root, "outcome", 6);
  proposals.most_of_owner = LimitOf(root, "owner", 7);
  proposals.most_leads = LimitOf(root, "leads", 2);
  proposals.most_share = LimitOf(root, "share", 0.6);
  if (proposals.functions.empty() || proposals.trees.empty() || proposals.tactics.empty())
    return Error{Code::kInput, std::string(file), "functions, trees and tactics are needed", ""};
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
  return FindById(functions, other == same_as.end() ? word : std::string_view(other->second),
                  &CompanyFunction::id);
}

const TreeWords* Proposals::FindTree(std::string_view id) const {
  return FindById(trees, id, &TreeWords::id);
}

const Pair* Proposals::FindPair(std::string_view metric) const {
  return FindById(pairs, metric, &Pair::metric);
}

}  // namespace backcast
