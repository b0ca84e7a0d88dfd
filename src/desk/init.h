// SPDX-License-Identifier: Apache-2.0
// The command init: the guided walkthrough that ends in a plan.yaml.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "base/result.h"
#include "desk/answer.h"
#include "desk/talk.h"
#include "guide/interview.h"

namespace backcast {

/// The person at the other end; cli makes one when there is a terminal.
class Asker {
 public:
  virtual ~Asker() = default;
  /// Shows a question and where the answer is typed.
  virtual void Show(const Prompt& prompt) = 0;
  virtual void Tell(std::string_view line) = 0;
  /// A line without its end; nothing at the end of the input. Errors: kInterrupted.
  virtual Result<std::optional<std::string>> ReadLine() = 0;
};

struct InitCommand {
  std::string folder;
  std::vector<std::string> templates;  ///< ids of driver trees
  std::string answers;                 ///< a file; empty for none
  std::string from;                    ///< a plan whose values are the answers to go on from; empty for none
  bool no_input = false;
  bool questions = false;  ///< print an answers file to fill in, and do nothing else
  Format format = Format::kText;
};

/// Writes <folder>/plan.yaml, or plan.proposed.yaml where there is a plan already. What a person answers is
/// kept in <folder>/.backcast/init.yaml after every answer. A person in a folder with a plan is asked
/// whether to go on from it; what no question is about is then kept word for word. `asker` may be nullptr.
/// Errors: kUsage (an unknown template, nobody to ask), kInput (an answers file that cannot be used,
/// file:line:column), kUnavailable, kInterrupted.
Result<Answer> Init(const InitCommand& command, Asker* asker, Day today, Talk& talk);

}  // namespace backcast
