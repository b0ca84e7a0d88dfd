// SPDX-License-Identifier: Apache-2.0
// The forum: members begin threads, ask, answer each other and say thanks; the desk answers some.
#include <algorithm>
#include <chrono>

#include "demo/random.h"
#include "demo/world.h"

namespace backcast::demo {
namespace {

constexpr int kFirstMembers = 30;
constexpr double kJoinPerDay = 0.7;
constexpr double kPeerSpread = 1.2;  // sigma of the logarithm of hours
constexpr double kStaffHours = 20;
constexpr double kReactions = 1.6;  // per thread

class Forum {
 public:
  explicit Forum(World& world) : world_(world), random_(world.options.seed, "forum") {}

  void Run() {
    const VoiceParameters& v = BrandVoices();
    const int opens = std::max(0, static_cast<int>((v.forum_opens - world_.start).count()));
    const double size = std::max(0.2, world_.options.scale);
    for (int i = 0; i < static_cast<int>(kFirstMembers * size) + 3; ++i) Join(opens);
    for (int day = opens; day < world_.days; ++day) {
      for (std::int64_t i = random_.Poisson(kJoinPerDay * size); i > 0; --i) Join(day);
      for (std::int64_t i = random_.Overdispersed(v.threads_per_day * size, 12); i > 0; --i) Thread(day);
    }
  }

 private:
  void Join(int day) { Add({.day = day, .minute = Minute(), .member = ++members_, .kind = "join"}); }

  int Minute() { return 8 * 60 + random_.Below(840); }

  /// A few members write much more than others.
  int Someone() {
    const double at = random_.Uniform() * random_.Uniform();
    return 1 + static_cast<int>(at * members_);
  }

  /// Somebody else than `member`.
  int Another(int member) {
    const int one = Someone();
    return one == member ? 1 + one % members_ : one;
  }

  int Add(const ForumEvent& event) {
    if (event.day >= world_.days) return 0;
    world_.voices.forum.push_back(event);
    return static_cast<int>(world_.voices.forum.size());
  }

  /// A reply so many hours later; 0 when the history is over.
  int Reply(const ForumEvent& to, int thread, int answered, int member, double hours) {
    const std::int64_t minutes = to.minute + static_cast<std::int64_t>(hours * 60) + 1;
    ForumEvent reply{.day = to.day + static_cast<int>(minutes / 1440),
                     .minute = static_cast<int>(minutes % 1440),
                     .member = member,
                     .kind = "reply",
                     .thread = thread,
                     .reply_to = answered};
    return Add(reply);
  }

  void Thread(int day) {
    const VoiceParameters& v = BrandVoices();
    ForumEvent begins{.day = day, .minute = Minute(), .member = Someone(), .kind = "post"};
    begins.question = random_.Chance(v.asks_question);
    const int thread = Add(begins);
    const int helper = Another(begins.member);
    const bool by_peer = random_.Chance(v.answered_by_peer), by_staff = random_.Chance(v.answered_by_staff);
    const bool thanks = random_.Chance(v.thanks), more = random_.Chance(0.3);
    const double hours = v.peer_hours * StableExp(kPeerSpread * random_.Normal());
    if (by_peer) {
      const int answer = Reply(begins, thread, thread, helper, hours);
      if (answer > 0 && thanks) {
        const ForumEvent said = world_.voices.forum[static_cast<std::size_t>(answer) - 1];
        Reply(said, thread, answer, begins.member, 3 * random_.Gamma(1.0));
      }
      if (more) Reply(begins, thread, thread, Another(begins.member), hours + 8 * random_.Gamma(1.0));
    } else if (by_staff) {
      Reply(begins, thread, thread, -1, kStaffHours * random_.Gamma(1.5));
    }
    for (std::int64_t i = random_.Poisson(kReactions); i > 0; --i)
      Add({.day = day,
           .minute = begins.minute,
           .member = Another(begins.member),
           .kind = "reaction",
           .thread = thread,
           .reply_to = thread});
  }

  World& world_;
  Random random_;
  int members_ = 0;
};

}  // namespace

void SimulateForum(World& world) { Forum(world).Run(); }

Day LadderDay() { return Day{std::chrono::year{2026} / 5 / 18}; }

std::vector<Tick> LadderTicks(std::uint64_t seed) {
  constexpr std::size_t kJoiners = 4, kSpectators = 5, kInactives = 6;
  constexpr int kActive = kLadderAsked - kLadder[kInactives].people, kReaders = kLadder[kSpectators].people;
  std::vector<Tick> ticks;
  // The first people read and the few other active ones have joined, so that nobody ticked nothing.
  for (int person = 0; person < kLadderAsked; ++person)
    ticks.push_back({person, person < kReaders ? kSpectators : person < kActive ? kJoiners : kInactives});
  Random random(seed, "ladder");
  for (std::size_t rung = 0; rung <= kJoiners; ++rung) {
    const int among = rung == kJoiners ? kReaders : kActive;
    int left = kLadder[rung].people - (kActive - among);
    for (int person = 0; person < among && left > 0; ++person) {
      if (random.Uniform() * (among - person) >= left) continue;
      ticks.push_back({person, rung});
      --left;
    }
  }
  return ticks;
}

}  // namespace backcast::demo
