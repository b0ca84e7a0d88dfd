// SPDX-License-Identifier: Apache-2.0
// What a workspace remembers beside its facts: which plan was in force when, which findings somebody signed
// for, what was decided. Kept in .backcast/state.sqlite; everything else under .backcast can be made again.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace backcast {

class Database;

/// The plan's file from the moment a command first read these bytes until the next revision.
struct PlanRevision {
  std::int64_t number = 0;   ///< 1 for the first that was seen; given by Record
  std::string sha256;        ///< of the bytes, 64 hex digits; a plan that returns has the sha of before
  std::string seen_at;       ///< instant, "2026-11-26T20:13:29Z"
  std::int64_t version = 1;  ///< as the plan says of itself
  std::string revised_on, revised_by, because;  ///< the same; may be empty
};

/// Whose word it is, when, and how the name came to be known ("--by", "the environment variable USER").
struct Signature {
  std::string by, by_from;
  std::string on;  ///< ISO day
  std::string because;
};

/// A finding that somebody answers for.
struct AcceptedFinding {
  std::int64_t id = 0;  ///< given by Accept
  std::string rule;     ///< "P09"
  std::string node;     ///< id of the plan's node; empty: the rule's findings that concern no node
  Signature accepted;
  std::int64_t plan_version = 1;
  std::string until;    ///< ISO day, the last on which it holds; empty: until it is withdrawn
  Signature withdrawn;  ///< `by` is empty while it stands

  /// It stands on that ISO day.
  bool HoldsOn(std::string_view day) const { return withdrawn.by.empty() && (until.empty() || day <= until); }
};

/// What was seen at a node and what follows from it.
struct KeptDecision {
  std::int64_t id = 0;  ///< given by Decide
  std::string node, seen, decided;
  std::string by, by_from;
  std::string at;  ///< instant
};

/// Nothing is opened before the first call, and nothing is made before the first call that writes. Several
/// processes may use one file at once; one object belongs to one thread. Errors of every call: kUnavailable
/// when the file is locked for longer than `patience`, cannot be written, is damaged, belongs to another
/// program or was written by a newer Backcast.
class WorkspaceState {
 public:
  /// `folder`: the workspace's .backcast, made when something is written.
  explicit WorkspaceState(std::string folder,
                          std::chrono::milliseconds patience = std::chrono::milliseconds(5000));
  WorkspaceState(WorkspaceState&&) noexcept;
  WorkspaceState& operator=(WorkspaceState&&) noexcept;
  ~WorkspaceState();

  /// Keeps the revision with its whole text when its bytes are not those of the newest one. True: it is new.
  Result<bool> Record(const PlanRevision& revision, std::string_view text);
  /// Oldest first.
  Result<std::vector<PlanRevision>> Revisions();
  /// The whole plan of a revision. Error: kInput when no revision has this sha.
  Result<std::string> PlanText(std::string_view sha256);

  /// Keeps the notes, all or none; what stood for the same rule and node is withdrawn in its favour.
  Result<Done> Accept(const std::vector<AcceptedFinding>& findings);
  /// Withdraws what stands for the rule, for one node or with `every_node` for all. The ids of those.
  Result<std::vector<std::int64_t>> Withdraw(std::string_view rule, std::string_view node, bool every_node,
                                             const Signature& signature);
  /// All that were ever accepted, oldest first, with those that were withdrawn.
  Result<std::vector<AcceptedFinding>> Accepted();

  Result<Done> Decide(const KeptDecision& decision);
  /// Oldest first.
  Result<std::vector<KeptDecision>> Decisions();

  /// When these labels of posts were first seen: `now` for a version that is new, and it is kept. Instants,
  /// ISO.
  Result<std::string> LabelsFirstSeen(std::string_view version, std::string_view now);

 private:
  /// The open file, or nullptr when there is none and nothing is to be written.
  Result<Database*> Use(bool write);

  std::string folder_;
  std::chrono::milliseconds patience_;
  std::unique_ptr<Database> database_;
  bool writable_ = false;
};

}  // namespace backcast
