// SPDX-License-Identifier: Apache-2.0
// A plan while it is written: what was answered, what was backed out of it, and what has been written so far.
// Each part of the plan is a function of guide/draft/parts.h; guide/draft.cc calls them in order.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "guide/back_out.h"
#include "guide/draft.h"
#include "guide/proposals.h"
#include "guide/yaml_writer.h"

namespace backcast {

class Drafting {
 public:
  /// The references must outlive this.
  Drafting(const Yaml& answers, const std::vector<std::string>& templates, const GuideData& data,
           std::string name);

  /// A comment above `at` that asks for a field (the whole question when it is nullptr).
  void Ask(Block& at, const GuideQuestion& question, const GuideField* field, const std::string& about = "");
  void Ask(Block& at, const char* question, const char* field, const std::string& about = "");
  /// A comment above `at`: what nobody said.
  void Assume(Block& at, const std::string& what);
  /// A comment above `at`: what cannot be measured or changed.
  void AddGap(Block& at, const std::string& what);
  /// Takes questions back that are answered by an assumption.
  void DropOpen(Block& at, const std::vector<std::string>& answered);

  /// The fields of one entry; what is missing is asked above `comments_at`.
  void Fill(const GuideQuestion& question, const Yaml& said, Block& entry, Block& comments_at);
  /// A question whose answer is a part of the plan as it is.
  void Copy(const GuideQuestion& question);

  const Yaml& answers;
  const std::vector<std::string>& templates;
  const Questions& questions;
  const Catalogue& catalogue;
  const DriverTreeSet& trees;
  const Proposals& data;
  GuideData known;
  std::string name;
  BackedOut backed;
  std::map<std::string, std::vector<std::string>, std::less<>> ids;  ///< question -> ids of its entries
  std::vector<std::string> outcome_ids, team_ids, strategies;
  std::set<std::string> proved;  ///< objectives that an outcome proves
  Block root = Block::Map();
  Draft draft;

 private:
  Block Value(const GuideField& field, const Yaml& value) const;
  Block& Place(Block& entry, const std::string& into);
};

}  // namespace backcast
