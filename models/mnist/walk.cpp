#include <xgrad/framework/io/atomic_write.hpp>
#include <xgrad/models/mnist/digits.hpp>
#include <xgrad/models/mnist/results.hpp>
#include <xgrad/models/mnist/walk.hpp>
#include <xgrad/xgrad.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <span>
#include <stdexcept>
#include <utility>

namespace mnist {
namespace {

constexpr std::int64_t classes = 10;
constexpr std::size_t shown_digits = 4;

std::string type_text(const xgrad::ArrayRef& array) {
  return fmt::format("{} {}", to_string(array.dtype()), xgrad::to_string(array.shape()));
}

/// Images as rows for the model. The originals are let go: with them the default run would not stay below 320 MB.
xgrad::Array as_rows(xt::xarray<std::uint8_t> images, bool normalize) {
  const auto count = static_cast<std::int64_t>(images.shape(0));
  const auto pixels = static_cast<std::int64_t>(images.shape(1) * images.shape(2));
  xgrad::Array rows = normalize ? xgrad::Array(xt::cast<float>(images) / 255.0f) : xgrad::Array(images);
  return std::move(rows).reshaped({count, pixels});
}

xgrad::LabelledImages first(const xgrad::LabelledImages& digits, std::size_t count) {
  return {xt::view(digits.images, xt::range(std::size_t{0}, count)),
          xt::view(digits.labels, xt::range(std::size_t{0}, count))};
}

/// Throws when the machine cannot hold the parameters: each with its gradient and up to two numbers of the optimizer.
void expect_memory(const Options& options, std::int64_t pixels) {
  double parameters = 0;
  auto inputs = static_cast<double>(pixels);
  const auto add_layer = [&](double units) { parameters += (std::exchange(inputs, units) + 1) * units; };
  for (const auto units : options.hidden) add_layer(static_cast<double>(units));
  add_layer(classes);
  const double needed = parameters * sizeof(float) * 4;
  const auto present = static_cast<double>(sysconf(_SC_PHYS_PAGES)) * static_cast<double>(sysconf(_SC_PAGESIZE));
  if (needed <= present) return;
  throw std::runtime_error(fmt::format(
      "--hidden {}: training takes {:.1f} GB of memory, but this machine has {:.1f}; use fewer or smaller layers",
      fmt::join(options.hidden, ","), needed * 1e-9, present * 1e-9));
}

xgrad::Sequential make_model(const Options& options, std::int64_t pixels) {
  xgrad::Sequential model;
  xgrad::Shape input_shape{pixels};
  for (const auto units : options.hidden) {
    model.add(xgrad::Dense{.units = units, .activation = xgrad::relu, .input_shape = std::exchange(input_shape, {})});
  }
  model.add(xgrad::Dense{.units = classes, .activation = xgrad::softmax});
  model.compile(
      {.optimizer = make_optimizer(options), .loss = xgrad::categorical_crossentropy, .metrics = {"accuracy"}});
  return model;
}

/// The images side by side, what the model takes each for, and what it is.
void show_predictions(xgrad::Sequential& model, const xgrad::LabelledImages& digits, bool normalize) {
  const auto count = digits.images.shape(0);
  const auto width = digits.images.shape(2);
  const xgrad::Array predictions = model.predict(as_rows(digits.images, normalize));
  std::string predicted;
  std::string truth;
  for (std::size_t index = 0; index < count; ++index) {
    const auto of_image = predictions.data<float>().subspan(index * classes, classes);
    const auto best = std::ranges::max_element(of_image);
    predicted +=
        fmt::format("{:^{}}", fmt::format("prediction: {} ({:.1f}%)", best - of_image.begin(), *best * 100), width);
    truth += fmt::format("{:^{}}", fmt::format("truth: {}", digits.labels(index)), width);
  }
  fmt::print("\n{}\n{}\n{}\n\n", xgrad::digit_sheet(digits.images, 1, count), predicted, truth);
}

}  // namespace

void walk(const Options& options) {
  for (const auto& file : {options.json, options.graph}) {
    if (file) xgrad::expect_writable(*file);
  }
  xgrad::set_random_seed(options.seed);
  xgrad::set_threads(options.threads);

  auto digits = load_digits(options.data);
  auto& [train, test] = digits.images;
  if (!options.quiet || !digits.is_real) fmt::print("{}\n", digits.description);
  const auto say = [&]<class... Arguments>(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
    if (!options.quiet) fmt::print(text, std::forward<Arguments>(arguments)...);
  };
  say("\nAs loaded:\n  x_train {}, y_train {}\n  x_test  {}, y_test  {}\n", type_text(train.images),
      type_text(train.labels), type_text(test.images), type_text(test.labels));

  const auto shown = first(test, std::min(shown_digits, test.images.shape(0)));
  const auto y_train = xgrad::to_categorical(train.labels, classes);
  const auto y_test = xgrad::to_categorical(test.labels, classes);
  const auto x_train = as_rows(std::move(train.images), options.normalize);
  const auto x_test = as_rows(std::move(test.images), options.normalize);
  say("\nAs rows of pixels from 0 to {}, and one-hot labels:\n  x_train {}, y_train {}\n  x_test  {}, y_test  {}\n\n",
      options.normalize ? 1 : 255, type_text(x_train), type_text(y_train), type_text(x_test), type_text(y_test));

  expect_memory(options, x_train.shape()[1]);
  auto model = make_model(options, x_train.shape()[1]);
  if (options.summary) fmt::print("{}\n", model.summary());
  if (options.graph) {
    const auto dot = xgrad::to_dot({model.output()});
    xgrad::write_atomically(*options.graph, {std::as_bytes(std::span(dot))});
  }

  auto history = model.fit(
      x_train, y_train,
      {.epochs = options.epochs,
       .batch_size = options.batch_size,
       .validation_data = options.validation ? xgrad::ValidationData(x_test, y_test) : xgrad::ValidationData(),
       .verbose = options.quiet ? 0 : 1});
  const Results results{digits.is_real, std::move(history),
                        model.evaluate(x_test, y_test, {.batch_size = options.batch_size, .verbose = 0}),
                        weights_sha256(model.weights())};
  if (!options.quiet) show_predictions(model, shown, options.normalize);
  fmt::print("{}\n", last_line(results));
  if (options.json) write_json(*options.json, results, options);
}

}  // namespace mnist
