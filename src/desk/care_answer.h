// SPDX-License-Identifier: Apache-2.0
// What the command care found, before it is written.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "care/clock.h"
#include "care/first_contact.h"
#include "care/satisfaction.h"
#include "care/standard.h"
#include "care/waiting.h"
#include "desk/answer.h"
#include "desk/care.h"
#include "desk/ready.h"
#include "desk/workspace.h"
#include "plan/plan.h"

namespace backcast {

/// A promise of the plan (care.promises).
struct CarePromise {
  std::string id, what, clock;
  double minutes = 0, share = 0;
};

/// The promises that can be read; one without an id, a thing waited for or a time is left out, the doctor
/// says so.
std::vector<CarePromise> PromisesOf(const Plan& plan);
/// Channels with wall_open: no, "c_ig, c_fb"; empty when there is none.
std::string ClosedWallsOf(const Plan& plan);
/// care.cost_per_contact, in the plan's currency.
std::optional<double> CostPerContact(const Plan& plan);

/// A share of cases with what it is taken of.
struct CareShare {
  double done = 0, of = 0;
};

/// Conversations whose times cannot be used, and why.
struct UnusableTimes {
  double without_opening = 0;  ///< no instant of opening
  double reply_before = 0;     ///< the reply stands before the question
  double resolved_before = 0;  ///< resolved before it was opened
};

struct CareGroup {
  std::string name;
  bool whole = true;
  double conversations = 0, calls = 0;
  CareShare questions;      ///< answered of asked, by message
  CareShare answered;       ///< by a person, of conversations that need a reply
  double unknown_need = 0;  ///< conversations that do not say whether they need one, nor can be followed
  std::vector<Wait> response, resolution;
  WaitingTimes first_response, time_to_resolution;
  std::vector<KeptPromise> promises;  ///< in the order of CareAnswer::promises
  CareShare reopened;                 ///< of those that were resolved
  FirstContact first_contact;
  double backlog = 0;
  CareShare calls_resolved, calls_abandoned;  ///< of calls that say
  std::vector<SurveyAnswer> survey;
  std::vector<Satisfaction> satisfaction;
  UnusableTimes unusable;
};

struct CareAnswer {
  std::string workspace, by, clock;
  Window period;
  Day as_of{};
  double extract = 0;  ///< seconds since 1970; until when was looked
  std::vector<CareStandard> standards;
  std::vector<CarePromise> promises;
  std::vector<Contact> contacts;  ///< of persons, in the period and around it
  std::vector<CareGroup> groups;  ///< the whole first, then by size
  bool has_messages = false, has_conversations = false, has_calls = false, has_survey = false;
  bool has_resolution = false, has_persons = false;
  std::string closed_walls;  ///< channels of the plan on which people cannot write
  double classified = 0;     ///< questions that were taken for such by their marks
  double unknown_auto = 0;   ///< replies of which no file says whether a program sent them
};

/// "channel" -> the column of conversation; nothing for a word that is none.
std::optional<std::string> CareColumn(const std::string& by);
/// Errors: kUsage, with the nearest word.
Result<Done> CheckCareWords(const CareCommand& command);

/// The clocks of a desk, one per team that has its own hours.
class DeskClocks {
 public:
  /// `name` calendar needs nothing; business reads calendar.yaml of the workspace. Errors: kInput.
  static Result<DeskClocks> Open(const Workspace& workspace, const std::string& name);
  /// Whether calendar.yaml is there for the business clock.
  static bool HasCalendar(const Workspace& workspace);
  /// Winds the business clocks for instants between these two (seconds since 1970).
  void Wind(double from, double to);
  /// Seconds from one instant to another, both in seconds since 1970, for a queue; never negative.
  double Seconds(const std::string& team, double from, double to) const;

 private:
  std::optional<DeskHours> hours_;
  std::optional<BusinessClock> all_;
  std::map<std::string, BusinessClock> teams_;
};

/// Errors: those of the engine, of DeskClocks.
Result<CareAnswer> ReadCare(Workspace& workspace, const Ready& ready, const CareCommand& command);

std::string CareJson(const CareAnswer& answer);
/// Every value of every group, a row each.
std::string CareCsv(const CareAnswer& answer);
/// Text or Markdown; `columns` of the terminal.
std::string CarePaper(const CareAnswer& answer, Format format, int columns);
/// The rows behind the numbers. Errors: those of the engine.
Result<Answer> ListCareRows(Workspace& workspace, const Ready& ready, const CareCommand& command);

/// "date >= ... and date < ..." of a window.
std::string DaysIn(const std::string& column, const Window& window);
/// "2026-03-05T09:30:00Z" of seconds since 1970.
std::string InstantText(double seconds);

}  // namespace backcast
