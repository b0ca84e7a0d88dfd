// SPDX-License-Identifier: Apache-2.0
// The command forget: a person's data taken out of every version of the lake, and never read again.
#pragma once

#include <string>

#include "base/day.h"
#include "desk/answer.h"
#include "desk/talk.h"
#include "desk/workspace.h"

namespace backcast {

struct ForgetCommand {
  std::string
      id;  ///< as the person's exports write it (e-mail address, customer number), or as the lake codes it
  bool dry_run = false;
  bool yes = false;      ///< somebody meant it
  bool amounts = false;  ///< orders, deals and conversions go too, instead of staying nameless
  Format format = Format::kText;
};

/// Errors: kUsage without `yes` or `dry_run`; kInput when nobody is known by this id; kUnavailable, and then
/// the lake is as it was.
Result<Answer> Forget(Workspace& workspace, const ForgetCommand& command, Day today, Talk& talk);

}  // namespace backcast
