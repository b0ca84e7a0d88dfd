// SPDX-License-Identifier: Apache-2.0
// Whether a community is a conversation of equals: who answers whom, how deep it goes, how many voices it
// has, and how soon a question is answered by somebody who is not paid for it. Volume says none of this.
// Pure; METHODS 1.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "measure/interval.h"
#include "measure/kaplan_meier.h"

namespace backcast {

/// One contribution, in any order.
struct Utterance {
  int author = -1;           ///< a number per person; below 0: nobody knows
  int answers = -1;          ///< index of the one it replies to; below 0: it begins something
  std::optional<double> at;  ///< seconds
  bool staff = false, question = false;
  bool continues = false;  ///< it replies to something that is not among these, so it begins no thread
};

struct Voices {
  int people = 0;         ///< who said anything and are not paid for it
  int contributions = 0;  ///< theirs
  int staff_contributions = 0;
  int unsigned_contributions = 0;  ///< of whom nobody knows who they are; in none of the others
  double effective = 0;  ///< how many voices of equal weight would be as concentrated: 1 / sum(share^2)
  double top_share = 0;  ///< of the loudest tenth (at least one person) in the contributions
  int top_people = 0;
};

struct Reciprocity {
  int pairs = 0, mutual = 0;  ///< pairs of members of whom one answered the other; of them, both did
  int people = 0;             ///< in those pairs
  std::optional<Interval> share;
};

struct Depth {
  int threads = 0;                                       ///< that somebody began
  int answered = 0;                                      ///< with any reply by somebody else
  int deeper = 0;                                        ///< in which a reply was answered too
  int deepest = 0;                                       ///< replies upon replies of the deepest
  std::optional<Interval> answered_share, deeper_share;  ///< of threads; of those answered
};

/// Days within which an answer still counts as one.
inline constexpr double kAnswerDays = 7;

struct PeerAnswers {
  int questions = 0;               ///< by members
  int by_peers = 0, by_staff = 0;  ///< answered by another member; answered by staff alone
  int untimed = 0;                 ///< questions or first answers without an instant, left out of the times
  std::optional<EndedWithin> within;   ///< share answered by a peer within kAnswerDays, the open ones kept in
  std::optional<TimeQuantile> median;  ///< seconds to the first answer by a peer; may be not reached
};

struct Dialogue {
  Voices voices;
  Reciprocity reciprocity;
  Depth depth;
  PeerAnswers answers;
  int loops = 0;  ///< replies that answer themselves in a circle; they begin a thread of their own
};

/// `extract`: seconds at which the data end; a question without an answer waits until then. Somebody who
/// answers himself answers nobody. Reciprocity is among members; the interval of its share is the wider one
/// of Wilson's and the one that knows that pairs share people (P. M. Aronow, C. Samii, V. A. Assenova,
/// Political Analysis 23 (2015)).
Dialogue ReadDialogue(const std::vector<Utterance>& utterances, double extract);

}  // namespace backcast
