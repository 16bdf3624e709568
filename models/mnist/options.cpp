#include <xgrad/models/mnist/command_line.hpp>
#include <xgrad/models/mnist/options.hpp>
#include <xgrad/models/optimizers/adam.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/models/optimizers/sgd.hpp>

#include <charconv>
#include <cmath>
#include <iostream>
#include <limits>
#include <string>

namespace mnist {
namespace {

template <class Rule>
xgrad::Optimizer with_rate(Rule rule, const std::optional<double>& learning_rate) {
  if (learning_rate) rule.learning_rate = *learning_rate;
  return rule;
}

/// The number that all of the text stands for. Throws UsageError when there is none, or when it does not fit.
template <class Number>
Number parse_number(const std::string& text, const std::string& expected, Number least, Number most) {
  Number number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || rest != end || !(number >= least && number <= most)) {
    throw UsageError("expected " + expected + ", but got '" + text + "'");
  }
  return number;
}

/// Digits only, and no leading zero, which elsewhere stands for an octal number.
std::uint64_t parse_whole_number(const std::string& text, std::uint64_t least, std::uint64_t most) {
  const auto expected = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  if (text.size() > 1 && text.starts_with('0')) throw UsageError("expected " + expected + ", but got '" + text + "'");
  return parse_number(text, expected, least, most);
}

std::vector<std::int64_t> parse_layers(const std::string& text, std::uint64_t most) {
  std::vector<std::int64_t> units;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(',', begin), text.size());
    units.push_back(static_cast<std::int64_t>(parse_whole_number(text.substr(begin, end - begin), 1, most)));
    begin = end + 1;
  }
  return units;
}

/// A rule for a whole number.
template <class Number>
CommandLine::Take whole_number(Number& number, std::uint64_t least, std::uint64_t most) {
  return [=, &number](const std::string& text) { number = static_cast<Number>(parse_whole_number(text, least, most)); };
}

/// A rule for a path.
CommandLine::Take path(std::optional<std::filesystem::path>& path) {
  return [&path](const std::string& text) { path = text; };
}

CommandLine command_line(Options& options, std::optional<bool>& summary) {
  constexpr std::uint64_t largest = std::numeric_limits<int>::max();
  const auto flag = [](auto& target) { return [&target](bool value) { target = value; }; };
  CommandLine line;
  line.add_option("data", "DIR", "",
                  "Folder with the MNIST files. Without it $XGRAD_DATA_DIR/mnist and the user's cache folder are "
                  "tried, and synthetic digits are made when there is no data",
                  path(options.data));
  line.add_option("epochs", "NUMBER", "5", "How often to go through the training set",
                  whole_number(options.epochs, 1, largest));
  line.add_option("batch-size", "NUMBER", "128", "Samples in one training step",
                  whole_number(options.batch_size, 1, largest));
  line.add_option("hidden", "NUMBERS", "32", "Units of the hidden layers, such as 512,512",
                  [&](const std::string& text) { options.hidden = parse_layers(text, largest); });
  line.add_option("optimizer", "NAME", "rmsprop", "Rule of the training step: sgd, rmsprop or adam",
                  [&](const std::string& text) {
                    if (text != "sgd" && text != "rmsprop" && text != "adam") {
                      throw UsageError("expected sgd, rmsprop or adam, but got '" + text + "'");
                    }
                    options.optimizer = text;
                  });
  line.add_option(
      "learning-rate", "NUMBER", "the optimizer's own", "Size of the training step", [&](const std::string& text) {
        using Limits = std::numeric_limits<double>;
        options.learning_rate = parse_number(text, "a positive number", Limits::denorm_min(), Limits::max());
      });
  line.add_flag("normalize", "Scale pixels from 0..255 to 0..1 (default)", flag(options.normalize));
  line.add_flag("validation", "Look at the test set after each epoch (default)", flag(options.validation));
  line.add_option("seed", "NUMBER", "1", "Where all random numbers come from",
                  whole_number(options.seed, 0, std::numeric_limits<std::uint64_t>::max()));
  line.add_option("threads", "NUMBER", "0", "Threads to compute on, 0 for all cores; results do not depend on it",
                  whole_number(options.threads, 0, 4096));
  line.add_flag("summary", "Print the table of layers (default unless --quiet)", flag(summary));
  line.add_option("graph", "FILE.dot", "", "Write the graph of the model, for Graphviz", path(options.graph));
  line.add_option("json", "FILE", "", "Write results as JSON", path(options.json));
  line.add_flag("quiet", "Print the result only", flag(options.quiet));
  return line;
}

}  // namespace

std::variant<Options, int> parse_options(int argument_count, const char* const* arguments) {
  Options options;
  std::optional<bool> summary;
  const auto line = command_line(options, summary);
  try {
    if (!line.parse(argument_count, arguments)) {
      std::cout << "Trains a multilayer perceptron on MNIST, the handwritten digits, and shows what it learned.\n"
                << "Usage: mnist [OPTIONS]\n\nOptions:\n"
                << line.help();
      return 0;
    }
  } catch (const UsageError& error) {
    std::cerr << "error: " << error.what() << "; mnist --help lists the options\n";
    return 2;
  }
  options.summary = summary.value_or(!options.quiet);
  return options;
}

xgrad::Optimizer make_optimizer(const Options& options) {
  if (options.optimizer == "sgd") return with_rate(xgrad::SGD{}, options.learning_rate);
  if (options.optimizer == "adam") return with_rate(xgrad::Adam{}, options.learning_rate);
  return with_rate(xgrad::RMSprop{}, options.learning_rate);
}

}  // namespace mnist
