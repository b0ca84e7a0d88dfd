// SPDX-License-Identifier: Apache-2.0
// Posts under the themes that the plan's rules and themes.csv give them, so that `score --by theme` and every
// other command sees the themes that `content` sees. Nothing is written into the lake.
#pragma once

#include "compile/compile.h"
#include "desk/ready.h"
#include "desk/workspace.h"

namespace backcast {

/// When `question` asks for a theme: fills the column `theme` of the posts and their days with the theme's
/// name. A post with several themes counts whole in the first of the list, since a column holds one; where
/// neither rule nor table says anything, the export's word stays. Errors: those of ReadLabelRules and of the
/// engine.
Result<Done> NameThemesFor(Workspace& workspace, const Ready& ready, const Question& question);

/// The same for whoever asks the fact itself.
Result<Done> NameThemesOf(Workspace& workspace, const Ready& ready, const std::string& fact);

}  // namespace backcast
