// SPDX-License-Identifier: Apache-2.0
// The command content: which themes do more than the usual, what formats and hours do, the mix now and one to
// try, and how young posts stand against the usual of their account.
#pragma once

#include <string>

#include "desk/answer.h"
#include "desk/content_read.h"
#include "desk/score.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

struct ContentCommand {
  ScoreOptions card;
  std::string post;        ///< only this post's feedback
  bool with_paid = false;  ///< promoted posts among the others
};

/// Days asked about when no period is given.
inline constexpr int kContentDays = 91;

/// Errors: those of Prepare and ReadContent; kTooLittle when no own post was published in the period.
Result<Answer> ShowContent(Workspace& workspace, const ContentCommand& command, Talk& talk);

/// backcast/content/1.
std::string ContentJson(const ContentAnswer& answer);
/// Text, CSV or Markdown.
std::string ContentPaper(const ContentAnswer& answer, Format format, int width);
/// The feedback on one post alone.
std::string YoungPaper(const ContentAnswer& answer, Format format, int width);

}  // namespace backcast
