// SPDX-License-Identifier: Apache-2.0
// Findings that somebody answers for: check --accept, --withdraw and --accepted.
#pragma once

#include <optional>
#include <string>

#include "base/day.h"
#include "desk/answer.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

struct AcceptCommand {
  std::string rule;                 ///< "P09"; empty to list
  bool withdraw = false;            ///< take the notes back instead
  std::string because;              ///< needed to accept and to withdraw
  std::optional<std::string> node;  ///< one node of the plan; nothing: every node the rule speaks of now
  std::string by;                   ///< who signs; empty: the environment variable USER
  std::string until;                ///< ISO day, the last on which the note holds; empty: until withdrawn
  Format format = Format::kText;    ///< text or JSON
};

/// Turns the rule's present findings into signed notes: they stay listed and are printed on every report, but
/// no longer count for --fail-on and no longer take a node's verdict. A finding that the rule makes later,
/// about another node, counts. With `withdraw` they count again; without a rule all notes are listed, with
/// those that are past. Errors: kUsage for a rule or node that is not there, a missing reason or signer, a
/// day that is past; kInput when there is no plan; kUnavailable when the note cannot be kept, or the
/// lake cannot be read for a rule of the data layer.
Result<Answer> AcceptFindings(Workspace& workspace, const AcceptCommand& command, Day today, Talk& talk);

}  // namespace backcast
