#include <xgrad/models/mnist/options.hpp>
#include <xgrad/models/optimizers/adam.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/models/optimizers/sgd.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace mnist {
namespace {

template <class Rule>
xgrad::Optimizer with_rate(Rule rule, const std::optional<double>& learning_rate) {
  if (learning_rate) rule.learning_rate = *learning_rate;
  return rule;
}

/// Digits only, of a number in the range: CLI11 takes 010 for 8, -1 for the largest number, and ends a number that is
/// too large at the largest.
std::string check_whole_number(const std::string& text, std::uint64_t least, std::uint64_t most) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  const bool has_leading_zero = text.size() > 1 && text.starts_with('0');
  if (error == std::errc() && rest == end && !has_leading_zero && number >= least && number <= most) return {};
  return fmt::format("expected a whole number from {} to {}, but got '{}'", least, most, text);
}

CLI::Validator whole_number(std::uint64_t least, std::uint64_t most) {
  return CLI::Validator([=](const std::string& text) { return check_whole_number(text, least, most); }, "");
}

std::vector<std::int64_t> parse_layers(const std::string& text, std::uint64_t most) {
  std::vector<std::int64_t> units;
  for (std::size_t begin = 0; begin <= text.size();) {
    const auto end = std::min(text.find(',', begin), text.size());
    const auto part = text.substr(begin, end - begin);
    if (const auto problem = check_whole_number(part, 1, most); !problem.empty()) {
      throw CLI::ValidationError("--hidden", problem);
    }
    units.push_back(std::stoll(part));
    begin = end + 1;
  }
  return units;
}

}  // namespace

std::variant<Options, int> parse_options(int argument_count, const char* const* arguments) {
  Options options;
  CLI::App app{"Trains a multilayer perceptron on MNIST, the handwritten digits, and shows what it learned.", "mnist"};
  constexpr std::uint64_t largest = std::numeric_limits<int>::max();
  const CLI::Validator positive(
      [](const std::string& text) {
        double number = 0;
        const bool fits = CLI::detail::lexical_cast(text, number) && number > 0 && std::isfinite(number);
        return fits ? "" : fmt::format("expected a positive number, but got '{}'", text);
      },
      "");

  app.add_option("--data", options.data,
                 "Folder with the MNIST files. Without it $XGRAD_DATA_DIR/mnist and the user's cache folder are tried, "
                 "and synthetic digits are made when there is no data")
      ->type_name("DIR");
  app.add_option("--epochs", options.epochs, "How often to go through the training set")
      ->check(whole_number(1, largest))
      ->capture_default_str();
  app.add_option("--batch-size", options.batch_size, "Samples in one training step")
      ->check(whole_number(1, largest))
      ->capture_default_str();
  app.add_option_function<std::string>(
         "--hidden", [&](const std::string& text) { options.hidden = parse_layers(text, largest); },
         "Units of the hidden layers, such as 512,512")
      ->default_str("32");
  app.add_option("--optimizer", options.optimizer, "Rule of the training step")
      ->check(CLI::IsMember({"sgd", "rmsprop", "adam"}))
      ->capture_default_str();
  app.add_option("--learning-rate", options.learning_rate, "Size of the training step [the optimizer's own]")
      ->check(positive);
  app.add_flag("--normalize,!--no-normalize", options.normalize, "Scale pixels from 0..255 to 0..1 (default)");
  app.add_flag("--validation,!--no-validation", options.validation, "Look at the test set after each epoch (default)");
  app.add_option("--seed", options.seed, "Where all random numbers come from")
      ->check(whole_number(0, std::numeric_limits<std::uint64_t>::max()))
      ->capture_default_str();
  app.add_option("--threads", options.threads, "Threads to compute on, 0 for all cores; results do not depend on it")
      ->check(whole_number(0, 4096))
      ->capture_default_str();
  const auto* summary =
      app.add_flag("--summary,!--no-summary", options.summary, "Print the table of layers (default unless --quiet)");
  app.add_option("--graph", options.graph, "Write the graph of the model, for Graphviz")->type_name("FILE.dot");
  app.add_option("--json", options.json, "Write results as JSON")->type_name("FILE");
  app.add_flag("--quiet", options.quiet, "Print the result only");

  app.failure_message([](const CLI::App*, const CLI::Error& error) {
    return fmt::format("error: {}; mnist --help lists the options\n", error.what());
  });
  try {
    app.parse(argument_count, arguments);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  if (options.quiet && summary->empty()) options.summary = false;
  return options;
}

xgrad::Optimizer make_optimizer(const Options& options) {
  if (options.optimizer == "sgd") return with_rate(xgrad::SGD{}, options.learning_rate);
  if (options.optimizer == "adam") return with_rate(xgrad::Adam{}, options.learning_rate);
  return with_rate(xgrad::RMSprop{}, options.learning_rate);
}

}  // namespace mnist
