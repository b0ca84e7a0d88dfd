// SPDX-License-Identifier: Apache-2.0
#include "audience/dialogue.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

#include "measure/distributions.h"

namespace backcast {
namespace {

using Pair = std::pair<int, int>;

/// Every utterance with a parent that is there, itself excluded, and no circle.
std::vector<int> Parents(const std::vector<Utterance>& all, int& loops) {
  const int n = static_cast<int>(all.size());
  std::vector<int> parent(all.size());
  for (std::size_t i = 0; i < all.size(); ++i)
    parent[i] = all[i].answers >= 0 && all[i].answers < n && all[i].answers != static_cast<int>(i)
                    ? all[i].answers
                    : -1;
  enum : char { kNew, kOpen, kDone };
  std::vector<char> state(all.size(), kNew);
  for (std::size_t start = 0; start < all.size(); ++start) {
    std::vector<std::size_t> path;
    for (std::size_t at = start; state[at] == kNew;) {
      state[at] = kOpen;
      path.push_back(at);
      if (parent[at] < 0) break;
      const auto next = static_cast<std::size_t>(parent[at]);
      if (state[next] == kOpen) {
        parent[at] = -1;
        ++loops;
        break;
      }
      at = next;
    }
    for (const std::size_t at : path) state[at] = kDone;
  }
  return parent;
}

Voices ReadVoices(const std::vector<Utterance>& all) {
  Voices voices;
  std::map<int, int> by_author;
  for (const Utterance& one : all) {
    if (one.staff) {
      ++voices.staff_contributions;
    } else if (one.author < 0) {
      ++voices.unsigned_contributions;
    } else {
      ++by_author[one.author];
    }
  }
  std::vector<int> counts;
  for (const auto& [author, count] : by_author) counts.push_back(count);
  std::sort(counts.rbegin(), counts.rend());
  voices.people = static_cast<int>(counts.size());
  double squares = 0;
  for (const int count : counts) {
    voices.contributions += count;
    squares += static_cast<double>(count) * count;
  }
  if (counts.empty()) return voices;
  const double total = voices.contributions;
  voices.effective = total * total / squares;
  voices.top_people = (voices.people + 9) / 10;
  double top = 0;
  for (int i = 0; i < voices.top_people; ++i) top += counts[static_cast<std::size_t>(i)];
  voices.top_share = top / total;
  return voices;
}

/// Half the width of a 95 % interval of a mean over pairs that share people; nothing below three people.
std::optional<double> DyadicHalfWidth(const std::map<Pair, bool>& mutual, double share, int people) {
  if (people < 3) return std::nullopt;
  std::map<int, double> by_person;
  double squares = 0;
  for (const auto& [pair, both] : mutual) {
    const double residual = (both ? 1 : 0) - share;
    by_person[pair.first] += residual;
    by_person[pair.second] += residual;
    squares += residual * residual;
  }
  double variance = -squares;
  for (const auto& [person, sum] : by_person) variance += sum * sum;
  const double pairs = static_cast<double>(mutual.size());
  if (variance <= 0) return std::nullopt;
  return StudentCritical(0.95, people - 1) * std::sqrt(variance) / pairs;
}

Reciprocity ReadReciprocity(const std::vector<Utterance>& all, const std::vector<int>& parent) {
  std::set<Pair> answered;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (parent[i] < 0) continue;
    const Utterance& other = all[static_cast<std::size_t>(parent[i])];
    const bool members = !all[i].staff && !other.staff && all[i].author >= 0 && other.author >= 0;
    if (members && all[i].author != other.author) answered.insert({all[i].author, other.author});
  }
  std::map<Pair, bool> mutual;
  std::set<int> people;
  for (const auto& [from, to] : answered) {
    mutual[{std::min(from, to), std::max(from, to)}] = answered.contains({to, from});
    people.insert(from);
    people.insert(to);
  }
  Reciprocity reciprocity;
  reciprocity.pairs = static_cast<int>(mutual.size());
  reciprocity.people = static_cast<int>(people.size());
  for (const auto& [pair, both] : mutual) reciprocity.mutual += both ? 1 : 0;
  const auto wilson = WilsonInterval(reciprocity.mutual, reciprocity.pairs);
  if (!wilson.ok()) return reciprocity;
  reciprocity.share = wilson.value();
  const double share = static_cast<double>(reciprocity.mutual) / reciprocity.pairs;
  if (const auto half = DyadicHalfWidth(mutual, share, reciprocity.people)) {
    reciprocity.share->low = std::min(reciprocity.share->low, std::max(0.0, share - *half));
    reciprocity.share->high = std::max(reciprocity.share->high, std::min(1.0, share + *half));
  }
  return reciprocity;
}

Depth ReadDepth(const std::vector<Utterance>& all, const std::vector<int>& parent) {
  Depth depth;
  std::vector<int> level(all.size(), -1), root(all.size(), -1);
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<std::size_t> path;
    std::size_t at = i;
    while (level[at] < 0 && parent[at] >= 0) {
      path.push_back(at);
      at = static_cast<std::size_t>(parent[at]);
    }
    if (level[at] < 0) {
      level[at] = 0;
      root[at] = static_cast<int>(at);
    }
    for (auto step = path.rbegin(); step != path.rend(); ++step) {
      const auto above = static_cast<std::size_t>(parent[*step]);
      level[*step] = level[above] + 1;
      root[*step] = root[above];
    }
  }
  std::map<int, int> deepest;
  std::set<int> by_others;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Utterance& first = all[static_cast<std::size_t>(root[i])];
    if (first.continues) continue;
    int& known = deepest[root[i]];
    known = std::max(known, level[i]);
    if (level[i] > 0 && (all[i].author != first.author || all[i].author < 0 || all[i].staff != first.staff))
      by_others.insert(root[i]);
  }
  depth.threads = static_cast<int>(deepest.size());
  depth.answered = static_cast<int>(by_others.size());
  for (const auto& [thread, most] : deepest) {
    depth.deepest = std::max(depth.deepest, most);
    if (most >= 2 && by_others.contains(thread)) ++depth.deeper;
  }
  if (const auto share = WilsonInterval(depth.answered, depth.threads); share.ok())
    depth.answered_share = share.value();
  if (const auto share = WilsonInterval(depth.deeper, depth.answered); share.ok())
    depth.deeper_share = share.value();
  return depth;
}

PeerAnswers ReadAnswers(const std::vector<Utterance>& all, const std::vector<int>& parent, double extract) {
  struct First {
    bool peer = false, staff = false, untimed = false;
    std::optional<double> at;
  };
  std::map<std::size_t, First> first;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].question && !all[i].staff) first[i];
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (parent[i] < 0) continue;
    const auto question = first.find(static_cast<std::size_t>(parent[i]));
    if (question == first.end()) continue;
    First& known = question->second;
    if (all[i].staff) {
      known.staff = true;
    } else if (all[i].author >= 0 && all[i].author != all[question->first].author) {
      known.peer = true;
      if (!all[i].at) known.untimed = true;
      if (all[i].at && (!known.at || *all[i].at < *known.at)) known.at = all[i].at;
    }
  }
  PeerAnswers answers;
  std::vector<Wait> waits;
  for (const auto& [index, known] : first) {
    ++answers.questions;
    answers.by_peers += known.peer ? 1 : 0;
    answers.by_staff += known.staff && !known.peer ? 1 : 0;
    const auto asked = all[index].at;
    if (!asked || known.untimed || *asked > extract) {
      ++answers.untimed;
      continue;
    }
    const double until = known.at ? *known.at : extract;
    waits.push_back({std::max(0.0, until - *asked), known.at.has_value()});
  }
  if (waits.empty()) return answers;
  if (const auto within = ShareEndedWithin(waits, kAnswerDays * 86400); within.ok())
    answers.within = within.value();
  if (const auto median = KaplanMeierQuantile(waits, 0.5); median.ok()) answers.median = median.value();
  return answers;
}

}  // namespace

Dialogue ReadDialogue(const std::vector<Utterance>& utterances, double extract) {
  Dialogue dialogue;
  const std::vector<int> parent = Parents(utterances, dialogue.loops);
  dialogue.voices = ReadVoices(utterances);
  dialogue.reciprocity = ReadReciprocity(utterances, parent);
  dialogue.depth = ReadDepth(utterances, parent);
  dialogue.answers = ReadAnswers(utterances, parent, extract);
  return dialogue;
}

}  // namespace backcast
