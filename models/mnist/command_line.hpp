#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mnist {

/// A command line that is not understood; the text says what was expected and what was received.
class UsageError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The options that a program knows: "--name VALUE", "--name=VALUE", "--name" and "--no-name".
class CommandLine {
 public:
  /// Takes the text of a value. Throws UsageError, without the option's name, for one that it cannot take.
  using Take = std::function<void(const std::string& text)>;

  /// `value` says what is expected, "DIR"; `usual` is what holds without the option, none where it is empty.
  void add_option(std::string name, std::string value, std::string usual, std::string help, Take take);

  /// Calls `set` with true for "--name" and with false for "--no-name".
  void add_flag(std::string name, std::string help, std::function<void(bool)> set);

  /// Takes all arguments, the first of which is the program's name. Gives false when they ask for help. Throws
  /// UsageError.
  bool parse(int argument_count, const char* const* arguments) const;

  /// A table of the options.
  std::string help() const;

 private:
  struct Option {
    std::string name;
    std::string value;  ///< none for a flag
    std::string usual;
    std::string help;
    Take take;
  };

  const Option* find(std::string_view name) const;

  std::vector<Option> options_;
};

}  // namespace mnist
