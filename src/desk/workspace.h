// SPDX-License-Identifier: Apache-2.0
// One brand's folder: plan.yaml, exports/, costs.csv, and its state in .backcast/.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "catalog/catalogue.h"
#include "desk/talk.h"
#include "engine/duckdb.h"
#include "facts/schema.h"
#include "lake/lake.h"
#include "plan/plan.h"
#include "state/state.h"

namespace backcast {

/// Settings that every command knows. Precedence: flags, environment, workspace, user file.
struct Settings {
  std::string workspace;  ///< --workspace; empty: the nearest folder upward
  int threads = 0;        ///< --threads; 0 = one per core
  std::string memory;     ///< --memory; empty = the engine's own choice
};

class Workspace {
 public:
  /// Finds the folder (given, or the nearest upward with plan.yaml, .backcast or exports, else the current
  /// one) and reads its plan if there is one; a broken plan is not an error here but in plan_error().
  static Result<Workspace> Open(const Settings& settings);

  const std::string& folder() const { return folder_; }
  /// Brand of the plan, else the folder's name.
  const std::string& name() const { return name_; }
  const std::optional<Plan>& plan() const { return plan_; }
  const std::optional<Error>& plan_error() const { return plan_error_; }
  /// What a command says that cannot do without a plan: the error of a broken one, or that there is none.
  Result<Done> NeedPlan() const;
  /// Findings of the text layer.
  const std::vector<Finding>& text_findings() const { return findings_; }
  /// Text and chain layers together, those that somebody accepted marked; none without a plan.
  std::vector<Finding> Findings(Day today) const;
  /// Marks what somebody answers for on that day. When the notes cannot be read, a finding T12 says so and
  /// every finding counts.
  void MarkAccepted(std::vector<Finding>& findings, Day today) const;

  /// The plan's bytes as they were read; empty without a plan.
  const std::string& plan_text() const { return plan_text_; }
  /// The plan is the folder's own plan.yaml, and not one that was put in its place.
  bool has_own_plan() const { return plan_.has_value() && own_plan_; }
  /// The same folder with another plan in place of its own; the lake is still to be opened. `file` names the
  /// plan in findings and errors. Errors: those of ReadPlan.
  Result<Workspace> WithPlan(const std::string& text, const std::string& file) const;

  /// Revisions, accepted findings, decisions; opened when it is asked something.
  WorkspaceState OpenState() const { return WorkspaceState(PathOf(".backcast")); }

  const Catalogue& catalogue() const { return catalogue_; }
  /// Adds metrics that a command needs beside those of the catalogue and the plan; all faults at once.
  std::vector<Error> AddMetrics(std::string_view yaml, std::string_view file) {
    return catalogue_.Add(yaml, file, schemas_);
  }
  const Schemas& schemas() const { return schemas_; }
  std::string PathOf(const std::string& name) const { return folder_ + "/" + name; }

  /// Opens engine and lake, made if absent; the engine is locked to this workspace before it reads anything.
  Result<Done> OpenLake(Talk& talk);
  DuckDb& engine() { return *engine_; }
  Lake& lake() { return *lake_; }
  const Lake& lake() const { return *lake_; }
  /// The workspace's secret for pseudonyms, made once, readable by its owner only.
  Result<std::string> Salt() const;

 private:
  Result<Done> ReadPlanFile();
  Result<Done> AdoptPlan(std::string text, const std::string& file);

  Settings settings_;
  std::string folder_, name_;
  Schemas schemas_;
  Catalogue catalogue_;
  std::optional<Plan> plan_;
  std::optional<Error> plan_error_;
  std::vector<Finding> findings_;
  std::string plan_text_;
  bool own_plan_ = true;
  std::unique_ptr<DuckDb> engine_;
  std::unique_ptr<Lake> lake_;
};

/// A file's bytes. Errors: kInput when it is not there or too large to be meant, kUnavailable.
Result<std::string> ReadTextFile(const std::string& path, std::size_t limit = 64 << 20);

/// Writes a file whole or not at all (temporary name, then rename). Errors: kUnavailable.
Result<Done> WriteWhole(const std::string& path, std::string_view bytes);

}  // namespace backcast
