// SPDX-License-Identifier: Apache-2.0
// What people of the workspace wrote down, to stand beside the numbers: notes/2026-08-17-checkout.md. The day
// comes from the file's name, the node of the plan from a first line "node: k_visit" or from front matter.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "score/scorecard.h"

namespace backcast {

/// One note; nothing when the name does not begin with a day or does not end in .md. Of the text the first
/// three paragraphs, each on one line and all together at most 400 bytes; what is cut ends in "…". A heading
/// ("# ...") before the text is the title, else the words of the file's name.
std::optional<Note> ParseNote(std::string_view file_name, std::string_view text);

struct NotesRead {
  std::vector<Note> notes;          ///< newest first, of one day by file name
  std::vector<std::string> unread;  ///< a sentence per file that should have been a note and is not
};

/// Notes of `folder` whose day lies in `period` or in `before`, and not after `until` where it is given. A
/// folder that is not there has no notes. Links are not followed, files above 64 KB are not read. Errors:
/// kUnavailable when the folder cannot be listed.
Result<NotesRead> ReadNotes(const std::string& folder, const Window& period, const Window& before,
                            const std::optional<Day>& until = {});

}  // namespace backcast
