// SPDX-License-Identifier: Apache-2.0
// What a plan says about listening, and the labels that somebody gave by hand.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "chain/declared.h"
#include "desk/workspace.h"
#include "listening/tone.h"
#include "text/language.h"
#include "text/lexicon.h"

namespace backcast {

/// An issue of the plan's service review.
struct ListenIssue {
  std::string id, name;            ///< name: as answers show it
  std::vector<std::string> words;  ///< by which it is found where the export does not say it
};

/// An improvement that mends an issue, with the words by which people would speak of it.
struct ListenFix {
  DeclaredChange change;
  std::vector<std::string> talk;
};

struct ListenSettings {
  std::map<std::string, std::string> queries;  ///< by brand, as the exports call it
  std::vector<std::string> domains, own_words;
  std::vector<ListenIssue> issues;
  std::vector<ListenFix> fixes;
  std::map<std::string, Tone> labels;  ///< labels.csv, by mention_id
  Lexicon lexicon;
  LanguageModel languages;
  /// With what texts are read, as answers show it: "backcast en@1+care@1+plan@5f0c11aa"; of the plan's own
  /// words a digest. `issues_by` likewise, empty where no issue of the plan has words.
  std::string read_by, issues_by;
};

/// Everything but the labels. Errors as below.
Result<ListenSettings> ReadWords(const Workspace& workspace);

/// Errors: kInput with the place in labels.csv or in the plan's words; kUsage for a domain or a language that
/// is not known, with the nearest.
Result<ListenSettings> ReadListenSettings(const Workspace& workspace);

}  // namespace backcast
