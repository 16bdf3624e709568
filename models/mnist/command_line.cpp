#include <xgrad/models/mnist/command_line.hpp>

#include <algorithm>
#include <utility>

namespace mnist {

void CommandLine::add_option(std::string name, std::string value, std::string usual, std::string help, Take take) {
  options_.push_back({std::move(name), std::move(value), std::move(usual), std::move(help), std::move(take)});
}

void CommandLine::add_flag(std::string name, std::string help, std::function<void(bool)> set) {
  options_.push_back({"no-" + name, {}, {}, {}, [set](const std::string&) { set(false); }});
  options_.push_back({std::move(name), {}, {}, std::move(help), [set](const std::string&) { set(true); }});
}

const CommandLine::Option* CommandLine::find(std::string_view name) const {
  const auto found =
      std::find_if(options_.begin(), options_.end(), [=](const Option& option) { return option.name == name; });
  return found == options_.end() ? nullptr : &*found;
}

bool CommandLine::parse(int argument_count, const char* const* arguments) const {
  for (int i = 1; i < argument_count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--help" || argument == "-h") return false;
    const auto equals = std::min(argument.find('='), argument.size());
    const auto* option = argument.starts_with("--") ? find(std::string_view(argument).substr(2, equals - 2)) : nullptr;
    if (option == nullptr) throw UsageError("expected an option, but got '" + argument + "'");
    const bool has_value = equals < argument.size();
    std::string value = has_value ? argument.substr(equals + 1) : "";
    if (option->value.empty()) {
      if (has_value) throw UsageError("--" + option->name + ": expected no value, but got '" + value + "'");
    } else if (!has_value) {
      if (i + 1 == argument_count) throw UsageError("--" + option->name + ": expected " + option->value);
      value = arguments[++i];
    }
    try {
      option->take(value);
    } catch (const UsageError& error) {
      throw UsageError("--" + option->name + ": " + error.what());
    }
  }
  return true;
}

std::string CommandLine::help() const {
  constexpr std::size_t width = 28;
  std::string text;
  const auto add = [&](std::string name, const std::string& help) {
    if (name.size() + 2 > width) name += '\n' + std::string(width, ' ');
    name.resize(std::max(name.size(), width), ' ');
    text += "  " + name + "  " + help + '\n';
  };
  add("-h, --help", "Print this text and end");
  for (const auto& option : options_) {
    if (option.help.empty()) continue;
    const bool is_flag = option.value.empty();
    add("--" + option.name + (is_flag ? "" : " " + option.value) + (is_flag ? ", --no-" + option.name : ""),
        option.help + (option.usual.empty() ? "" : " [" + option.usual + "]"));
  }
  return text;
}

}  // namespace mnist
