// SPDX-License-Identifier: Apache-2.0
// The commands chain, backout and why: the plan's value chain with what the lake says of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "chain/changes.h"
#include "chain/evidence.h"
#include "desk/answer.h"
#include "desk/chain_data.h"
#include "desk/score.h"

namespace backcast {

/// A chain with its numbers.
struct ReadChain {
  Ready ready;
  ValueChain chain;
  ChainData data;
  std::vector<std::string> sql;
  std::optional<std::vector<LinkEvidence>> evidence;  ///< filled by EvidenceOf
};

/// Errors: kInput without a plan or without data; kUsage; kUnavailable.
Result<ReadChain> ReadWholeChain(Workspace& workspace, const ScoreOptions& options, Talk& talk);

/// The same where the lake is already attached. The workspace has a plan.
Result<ReadChain> ReadWholeChain(Workspace& workspace, Ready ready);

/// How well the chain's links are known, in their order, with the plan's experiments; weighed once.
const std::vector<LinkEvidence>& EvidenceOf(const Workspace& workspace, ReadChain& read);

struct ChainCommand {
  ScoreOptions card;
  std::string up, down;  ///< only what leads to this node, or what it leads to
};
Result<Answer> ShowChain(Workspace& workspace, const ChainCommand& command, Talk& talk);

struct BackoutCommand {
  ScoreOptions card;
  std::string outcome;
  std::optional<double> target;
  std::string by;                                     ///< ISO day
  std::vector<std::pair<std::string, double>> fixed;  ///< --set node=value
};
/// Errors: also kTooLittle, with what is missing.
Result<Answer> ShowBackout(Workspace& workspace, const BackoutCommand& command, Talk& talk);

struct WhyCommand {
  ScoreOptions card;
  std::string outcome, owner;
};
Result<Answer> ShowWhy(Workspace& workspace, const WhyCommand& command, Talk& talk);

enum class WhichChanges : std::uint8_t { kAll, kImprovements };

/// Declared changes put to the test: all, or the plan's improvements alone, which the others may still
/// overlap. `remarks`: what of calendar.yaml could not be used.
Result<std::vector<ChangeAnswer>> AskChanges(Workspace& workspace, const ReadChain& chain, WhichChanges which,
                                             std::vector<std::string>& remarks);
Result<Answer> ShowChanges(Workspace& workspace, const ScoreOptions& options, Talk& talk);

/// Which beliefs are worth a test, and how.
Result<Answer> ShowAdvice(Workspace& workspace, const ScoreOptions& options, Talk& talk);

}  // namespace backcast
