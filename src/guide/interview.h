// SPDX-License-Identifier: Apache-2.0
// The conversation of init without a screen: which question comes next, what was said, one step back. The
// state is the list of what was said, so that it can be saved after every answer and played again.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "guide/answers.h"
#include "guide/guide_data.h"

namespace backcast {

struct BackedOut;

/// The next question, as a person sees it.
struct Prompt {
  std::string at;       ///< "team.0.role"
  std::string heading;  ///< of the block, when this is its first question; else empty
  std::string about;    ///< which proposal or entry it concerns; may be empty
  std::string ask, why, kind, example, standard;
  bool ends = false;  ///< skipping it goes on to the next block
};

class Interview {
 public:
  /// What `data` refers to must outlive this.
  Interview(const GuideData& data, std::vector<std::string> templates);

  /// Takes up what Save() wrote. Errors: kInput with file:line:column.
  Result<Done> Restore(std::string_view saved, std::string_view file);
  std::string Save() const;

  /// Answers of a plan that is gone on from: each becomes the default of its question, and its entries the
  /// next ones that are asked for.
  /// `file`: of the plan; Save() names it.
  void GoOnFrom(Yaml answers, std::string file);
  /// Takes what the plan that is gone on from says, and skips where it says nothing.
  void Keep();

  /// The next open question; nothing when all are answered or skipped.
  std::optional<Prompt> Next();
  /// Answers it; an empty text takes the default. Errors: kInput, and the question stays open.
  Result<Done> Answer(std::string_view typed);
  void Skip();
  /// Opens the last answered question again; false at the beginning.
  bool Back();

  /// Everything answered so far, in the form of an answers file.
  const Yaml& answers() const { return answers_; }
  const std::vector<std::string>& templates() const { return templates_; }
  /// GuideQuestion and answer in the order asked, skipped ones left out.
  std::vector<std::pair<std::string, std::string>> Said() const;

 private:
  struct Word {
    std::string text;
    bool skipped = false;
  };
  void Walk();
  /// Plays one question; false when it stopped at an open one.
  bool WalkQuestion(const GuideQuestion& question);
  /// `before`: what the plan that is gone on from says of the entry; may be nullptr.
  bool WalkEntry(const GuideQuestion& question, std::size_t number, Yaml preset, const Yaml* before,
                 bool extra, Yaml& entry, bool& ended);
  /// The entry of the plan that is gone on from: of a preset the one about the same, else the next of the
  /// others.
  const Yaml* Before(const GuideQuestion& question, const std::vector<Yaml>& presets,
                     std::size_t number) const;
  /// A number of a KPI that can be proposed becomes the default of the open question.
  void ProposeNumber(const GuideQuestion& question, const GuideField& field, const Yaml& entry);
  /// What the answers so far lead to; made once for them.
  const BackedOut& Backed();
  std::vector<Yaml> Presets(const GuideQuestion& question);
  /// What the answers of `question` may name.
  Known WhatIsKnown(const GuideQuestion& question);

  GuideData data_;
  std::vector<std::string> templates_;
  std::map<std::string, Word> said_;
  std::vector<std::string> trail_;  ///< keys of said_ in the order they were played
  Yaml answers_;
  std::string before_file_;
  Yaml before_;                ///< answers of the plan that is gone on from
  std::string before_answer_;  ///< to the open question; empty when the plan says nothing
  std::shared_ptr<const BackedOut> backed_;
  Known known_;
  bool changed_ = true;  ///< since the last walk
  std::optional<Prompt> open_;
  const GuideField* open_field_ = nullptr;
};

}  // namespace backcast
