#include <xgrad/models/mnist/options.hpp>
#include <xgrad/models/optimizers/adam.hpp>
#include <xgrad/models/optimizers/rmsprop.hpp>
#include <xgrad/models/optimizers/sgd.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <limits>

namespace mnist {
namespace {

template <class Rule>
xgrad::Optimizer with_rate(Rule rule, const std::optional<double>& learning_rate) {
  if (learning_rate) rule.learning_rate = *learning_rate;
  return rule;
}

}  // namespace

std::variant<Options, int> parse_options(int argument_count, const char* const* arguments) {
  Options options;
  CLI::App app{"Trains a multilayer perceptron on MNIST, the handwritten digits, and shows what it learned.", "mnist"};
  // CLI11 reads -1 as the largest unsigned number.
  const CLI::Validator not_negative(
      [](const std::string& text) { return text.starts_with('-') ? "expected 0 or more, but got " + text : ""; },
      "0 or more");
  const CLI::Range at_least_one(std::int64_t{1}, std::int64_t{std::numeric_limits<int>::max()}, "1 or more");

  app.add_option("--data", options.data,
                 "Folder with the MNIST files. Without it $XGRAD_DATA_DIR/mnist and the user's cache folder are tried, "
                 "and synthetic digits are made when there is no data")
      ->type_name("DIR");
  app.add_option("--epochs", options.epochs, "How often to go through the training set")
      ->check(at_least_one)
      ->capture_default_str();
  app.add_option("--batch-size", options.batch_size, "Samples in one training step")
      ->check(at_least_one)
      ->capture_default_str();
  app.add_option("--hidden", options.hidden, "Units of the hidden layers, such as 512,512")
      ->delimiter(',')
      ->check(at_least_one)
      ->capture_default_str();
  app.add_option("--optimizer", options.optimizer, "Rule of the training step")
      ->check(CLI::IsMember({"sgd", "rmsprop", "adam"}))
      ->capture_default_str();
  app.add_option("--learning-rate", options.learning_rate, "Size of the training step [the optimizer's own]")
      ->check(CLI::PositiveNumber);
  app.add_flag("--normalize,!--no-normalize", options.normalize, "Scale pixels from 0..255 to 0..1 (default)");
  app.add_flag("--validation,!--no-validation", options.validation, "Look at the test set after each epoch (default)");
  app.add_option("--seed", options.seed, "Where all random numbers come from")
      ->check(not_negative)
      ->capture_default_str();
  app.add_option("--threads", options.threads, "Threads to compute on, 0 for all cores; results do not depend on it")
      ->check(CLI::Range(0, 4096))
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
