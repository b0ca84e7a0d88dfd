// SPDX-License-Identifier: Apache-2.0
// From outcomes to KPIs and tactics: comes in what people answered, goes out what init proposes, with the
// reason of each. The steps are those of "working back from the goal" (driver trees,
// catalogue/plan/driver_trees.yaml): every factor of an outcome's identity is a KPI of somebody who can move
// it, a factor that nobody moves is a condition.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/yaml.h"
#include "guide/guide_data.h"

namespace backcast {

struct Member {
  std::string id, role, function;
  std::vector<std::string> influences;
  bool stands_in = false;  ///< nobody was named: a place for whoever works there
};

/// An outcome that is wanted.
struct Wanted {
  std::string id, tree, metric, owner;
  bool owner_assumed = false;
};

struct ProposedKpi {
  std::string id, metric, outcome, owner, why, cost, guard;
  std::vector<std::string> compare;
  std::vector<std::pair<std::string, std::string>>
      path;               ///< what a person does, and the metric that counts it
  bool guess = false;     ///< a lead that no data has tested
  bool required = false;  ///< without it the outcome cannot be trusted
  bool own = false;       ///< a person's, not the tree's
  double weight = 0;      ///< how far the owner controls it; the lightest goes first when there are too many
  const Yaml* said = nullptr;  ///< the answer about it
};

struct ProposedTactic {
  std::string id, name, element, stage, focus, asks_for, owner;
  std::vector<std::string> channels, segments, moves, path;
  Yaml opt_in;
  bool own = false;
  const Yaml* said = nullptr;
};

/// Something that belongs to an outcome and is no KPI.
struct NamedGap {
  std::string outcome, what, why;
};

struct BackedOut {
  std::vector<Member> team;  ///< those who were named, then the stand-ins that are needed
  std::vector<Wanted> outcomes;
  std::vector<ProposedKpi> proposed;  ///< before a person said keep or drop
  std::vector<ProposedKpi> kpis;      ///< that stay, and the person's own
  std::vector<ProposedTactic> proposed_tactics, tactics;
  std::vector<NamedGap> gaps;
};

/// `answers` must outlive the result. Deterministic.
BackedOut BackOut(const Yaml& answers, const std::vector<std::string>& templates, const GuideData& data);

}  // namespace backcast
