// SPDX-License-Identifier: Apache-2.0
#include "cli/help.h"

#include <map>
#include <set>

namespace backcast {
namespace {

std::string Pad(std::string text, std::size_t width) {
  std::size_t shown = 0;
  for (const char c : text) shown += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  if (shown < width) text.append(width - shown, ' ');
  return text;
}

std::string OptionLine(const OptionSpec& option) {
  std::string left = "  " + (option.brief.empty() ? std::string("    ") : std::string(option.brief) + ", ") +
                     std::string(option.name);
  if (!option.value.empty()) left += " " + std::string(option.value);
  return Pad(left, 32) + " " + std::string(option.help) + "\n";
}

/// First word -> second words (empty for a command of one word).
std::map<std::string, std::set<std::string>> CommandWords() {
  std::map<std::string, std::set<std::string>> words;
  for (const CommandSpec& command : Commands()) {
    const std::size_t blank = command.name.find(' ');
    auto& second = words[std::string(command.name.substr(0, blank))];
    if (blank != std::string_view::npos) second.insert(std::string(command.name.substr(blank + 1)));
  }
  return words;
}

std::string OptionNames(const CommandSpec& command) {
  std::string names;
  for (const OptionSpec& option : command.options)
    names += (names.empty() ? "" : " ") + std::string(option.name);
  for (const OptionSpec& option : SharedOptions())
    names += (names.empty() ? "" : " ") + std::string(option.name);
  return names;
}

std::string BashCompletion() {
  std::string first, cases;
  for (const auto& [word, second] : CommandWords()) {
    first += (first.empty() ? "" : " ") + word;
    if (second.empty()) continue;
    std::string list;
    for (const std::string& each : second) list += (list.empty() ? "" : " ") + each;
    cases += "    " + word + ") [ \"$COMP_CWORD\" -eq 2 ] && COMPREPLY=($(compgen -W \"" + list +
             "\" -- \"$current\")) && return ;;\n";
  }
  std::string options;
  for (const CommandSpec& command : Commands()) {
    options += "    \"" + std::string(command.name) + "\"*) names=\"" + OptionNames(command) + "\" ;;\n";
  }
  return "# bash completion for backcast\n_backcast() {\n  local current=\"${COMP_WORDS[COMP_CWORD]}\" "
         "names=\"\"\n"
         "  if [ \"$COMP_CWORD\" -eq 1 ]; then COMPREPLY=($(compgen -W \"" +
         first +
         "\" -- \"$current\")); return; fi\n"
         "  case \"${COMP_WORDS[1]}\" in\n" +
         cases +
         "  esac\n"
         "  case \"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" in\n" +
         options +
         "  esac\n"
         "  case \"$current\" in\n    -*) COMPREPLY=($(compgen -W \"$names\" -- \"$current\")) ;;\n"
         "    *) COMPREPLY=($(compgen -f -- \"$current\")) ;;\n  esac\n}\ncomplete -o filenames -F _backcast "
         "backcast\n";
}

std::string ZshCompletion() {
  return "#compdef backcast\nautoload -U +X bashcompinit && bashcompinit\n" + BashCompletion();
}

std::string FishCompletion() {
  std::string out = "# fish completion for backcast\n";
  for (const auto& [word, second] : CommandWords()) {
    out += "complete -c backcast -n __fish_use_subcommand -a " + word + "\n";
    for (const std::string& each : second)
      out += "complete -c backcast -n '__fish_seen_subcommand_from " + word + "' -a " + each + "\n";
  }
  for (const CommandSpec& command : Commands()) {
    const std::string first(command.name.substr(0, command.name.find(' ')));
    for (const OptionSpec& option : command.options) {
      out += "complete -c backcast -n '__fish_seen_subcommand_from " + first + "' -l " +
             std::string(option.name.substr(2)) + (option.value.empty() ? "" : " -r") + "\n";
    }
  }
  for (const OptionSpec& option : SharedOptions()) {
    out += "complete -c backcast -l " + std::string(option.name.substr(2)) +
           (option.value.empty() ? "" : " -r") + "\n";
  }
  return out;
}

}  // namespace

std::string HelpForAll() {
  std::string out =
      "backcast measures social marketing from the business outcome backwards.\n\nTo begin:\n"
      "  backcast demo my-demo                     a simulated brand to look at\n"
      "  backcast init my-brand                    answer questions, get a plan\n"
      "  backcast ingest exports/                  read your platforms' exports\n"
      "  backcast score                            the scorecard\n"
      "  backcast report -o report.html            one page to send\n\nCommands:\n";
  for (const CommandSpec& command : Commands()) {
    out += "  " + Pad(std::string(command.name) + " " + std::string(command.arguments), 24) + " " +
           std::string(command.summary) + "\n";
  }
  out += "\nEvery command takes:\n";
  for (const OptionSpec& option : SharedOptions()) out += OptionLine(option);
  return out;
}

std::string HelpFor(const CommandSpec& command) {
  std::string out = "backcast " + std::string(command.name) + ": " + std::string(command.summary) +
                    "\n\nExample:\n  " + std::string(command.example) + "\n\nUse: backcast " +
                    std::string(command.name) + " [options] " + std::string(command.arguments) + "\n";
  if (!command.options.empty()) out += "\n";
  for (const OptionSpec& option : command.options) out += OptionLine(option);
  out += "\nEvery command also takes:\n";
  for (const OptionSpec& option : SharedOptions()) out += OptionLine(option);
  return out;
}

Result<std::string> CompletionFor(std::string_view shell) {
  if (shell == "bash") return BashCompletion();
  if (shell == "zsh") return ZshCompletion();
  if (shell == "fish") return FishCompletion();
  return Error{Code::kUsage, "", "there is no completion for '" + std::string(shell) + "'",
               "bash, zsh or fish"};
}

}  // namespace backcast
