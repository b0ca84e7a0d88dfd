// SPDX-License-Identifier: Apache-2.0
// What people say about the brand and its two rivals, and what is asked of its desk.
#include <algorithm>
#include <cmath>

#include "demo/office.h"
#include "demo/phrases.h"
#include "demo/random.h"
#include "demo/world.h"

namespace backcast::demo {
namespace {

constexpr double kDayNoise = 80;      // the higher, the more alike the days
constexpr double kReplySpread = 0.8;  // sigma of the logarithm of waiting times
constexpr int kQuarterAsked = 340;    // customers who are asked for a recommendation, each quarter
constexpr double kRecommendAnswers = 0.38;

template <std::size_t N>
int Pick(const std::array<double, N>& shares, Random& random) {
  double at = random.Uniform();
  for (std::size_t i = 0; i + 1 < N; ++i) {
    if (at < shares[i]) return static_cast<int>(i);
    at -= shares[i];
  }
  return static_cast<int>(N) - 1;
}

/// Evenings more than mornings.
int Minute(Random& random) { return 7 * 60 + (random.Below(960) + random.Below(960)) / 2; }

std::int64_t Among(double per_day, const World& world, Random& random) {
  return random.Overdispersed(per_day * world.options.scale, kDayNoise);
}

class Talk {
 public:
  Talk(World& world, const Phrases& phrases)
      : world_(world), phrases_(phrases), random_(world.options.seed, "mentions") {}

  void Run() {
    const VoiceParameters& v = BrandVoices();
    for (int day = 0; day < world_.days; ++day) {
      const Day date = world_.At(day);
      const double season = Season(BrandParameters().season, date);
      for (int brand = 0; brand < kBrands; ++brand)
        Say(day, brand, -1, v.brands[static_cast<std::size_t>(brand)].per_day * season);
      for (int topic = 0; topic < kTopics; ++topic) {
        const Topic& about = v.topics[static_cast<std::size_t>(topic)];
        Say(day, 0, topic, about.mentions * season * about.Effect(date));
      }
    }
  }

 private:
  void Say(int day, int brand, int topic, double per_day) {
    const VoiceParameters& v = BrandVoices();
    const TalkedOf& of = v.brands[static_cast<std::size_t>(brand)];
    for (std::int64_t i = Among(per_day, world_, random_); i > 0; --i) {
      Mention mention;
      mention.day = day;
      mention.minute = Minute(random_);
      mention.brand = brand;
      mention.platform = random_.Chance(0.5) ? 0 : random_.Chance(0.7) ? 1 : 2;
      mention.author = 1 + random_.Below(2400);
      mention.topic = topic;
      mention.spam = random_.Chance(v.spam) && topic < 0;
      mention.tone = static_cast<Tone>(Pick(topic < 0 ? of.tones : v.topic_tones, random_));
      const bool speaks_of_fix = random_.Chance(v.speaks_of_fix);
      mention.followers = static_cast<std::int64_t>(random_.Gamma(0.7) * 900);
      mention.engagements = random_.Poisson(0.5 + static_cast<double>(mention.followers) * 0.01);
      const std::string_view key = topic < 0 ? "general" : v.topics[static_cast<std::size_t>(topic)].key;
      mention.of_fix = topic == 0 && speaks_of_fix && v.topics[0].Effect(world_.At(day)) != 1;
      phrases_.Write(mention, key, of.name, random_);
      world_.voices.mentions.push_back(std::move(mention));
    }
  }

  World& world_;
  const Phrases& phrases_;
  Random random_;
};

class Desk {
 public:
  Desk(World& world, const Phrases& phrases)
      : world_(world), phrases_(phrases), random_(world.options.seed, "desk") {}

  void Run() {
    const VoiceParameters& v = BrandVoices();
    for (int day = 0; day < world_.days; ++day) {
      const Day date = world_.At(day);
      const double season = Season(BrandParameters().season, date);
      for (int topic = 0; topic < kTopics; ++topic) {
        const Topic& about = v.topics[static_cast<std::size_t>(topic)];
        const double share = about.contacts * about.Effect(date) * season;
        for (int way = 0; way < kDeskWays; ++way)
          for (std::int64_t i = Among(v.ways[static_cast<std::size_t>(way)].per_day * share, world_, random_);
               i > 0; --i)
            Write(day, way, topic);
        if (!WorkingDay(date)) continue;
        for (std::int64_t i = Among(v.calls_per_day * share, world_, random_); i > 0; --i) Ring(day, topic);
      }
    }
  }

 private:
  void Write(int day, int way, int topic) {
    const VoiceParameters& v = BrandVoices();
    const DeskWay& over = v.ways[static_cast<std::size_t>(way)];
    Contact contact;
    contact.number = static_cast<int>(world_.voices.contacts.size()) + 1;
    contact.day = day;
    contact.minute = Minute(random_);
    contact.way = way;
    contact.topic = topic;
    contact.person = 1 + random_.Below(static_cast<int>(2600 * world_.options.scale) + 40);
    const std::string_view key = v.topics[static_cast<std::size_t>(topic)].key;
    contact.asks = phrases_.Asks(key, random_);
    contact.answer = phrases_.Answer(random_);
    const bool never = random_.Chance(over.unanswered);
    const auto wait =
        static_cast<int>(std::lround(over.reply_minutes * StableExp(kReplySpread * random_.Normal())));
    const bool resolves = random_.Chance(v.resolved_by_reply), again = random_.Chance(v.opened_again);
    const int later = 60 + random_.Below(900);
    const bool surveyed = random_.Chance(v.asked_after_contact), says = random_.Chance(v.answers_survey);
    const bool content = random_.Chance(v.content), strong = random_.Chance(0.6);
    int at = day, minute = contact.minute;
    PassOfficeTime(world_.start, at, minute, std::max(1, wait));
    if (!never && at < world_.days) {
      contact.reply_day = at;
      contact.reply_minute = minute;
      if (!resolves) PassOfficeTime(world_.start, at, minute, later);
      if (again) ++at;
      if (at < world_.days) {
        contact.resolved_day = at;
        contact.resolved_minute = minute;
        contact.again = again;
        contact.surveyed = surveyed && at + 1 < world_.days;
        contact.score = !contact.surveyed || !says ? 0 : content ? (strong ? 5 : 4) : strong ? 2 : 3;
      }
    }
    world_.voices.contacts.push_back(std::move(contact));
  }

  void Ring(int day, int topic) {
    Call call;
    call.number = static_cast<int>(world_.voices.calls.size()) + 1;
    call.day = day;
    call.minute = kOpens + random_.Below(kCloses - kOpens);
    call.topic = topic;
    call.wait_seconds = static_cast<int>(random_.Gamma(1.3) * 70);
    call.seconds = 60 + static_cast<int>(random_.Gamma(2.0) * 110);
    call.abandoned = random_.Chance(BrandVoices().call_abandoned);
    call.resolved = random_.Chance(0.74) && !call.abandoned;
    world_.voices.calls.push_back(call);
  }

  World& world_;
  const Phrases& phrases_;
  Random random_;
};

/// In the middle of each quarter's first month, customers are asked whether they would recommend the shop.
void AskForRecommendations(World& world) {
  Random random(world.options.seed, "recommendations");
  for (int day = 0; day < world.days; ++day) {
    const std::chrono::year_month_day date{world.At(day)};
    if (unsigned{date.month()} % 3 != 1 || unsigned{date.day()} != 14) continue;
    const int asked = std::max(20, static_cast<int>(kQuarterAsked * world.options.scale));
    for (int i = 0; i < asked; ++i) {
      Recommendation one;
      one.day = day + random.Below(4);
      one.person = 1 + i;
      const int group = Pick(BrandVoices().recommends, random);
      const int score = group == 0 ? random.Below(7) : group == 1 ? 7 + random.Below(2) : 9 + random.Below(2);
      if (random.Chance(kRecommendAnswers)) one.score = score;
      if (one.day < world.days) world.voices.recommendations.push_back(one);
    }
  }
}

}  // namespace

Result<Done> SimulateVoices(World& world) {
  BACKCAST_TRY(const Phrases phrases, Phrases::Read("b2c"));
  Talk(world, phrases).Run();
  Desk(world, phrases).Run();
  AskForRecommendations(world);
  SimulateCreators(world);
  SimulateForum(world);
  return Done{};
}

}  // namespace backcast::demo
