#include <xgrad/models/training/progress_bar.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <sstream>
#include <string>

using namespace xgrad;

namespace {

/// A bar in a terminal of its own, whose clock the test sets.
struct Screen {
  std::ostringstream text = {};
  double now = 0;
  bool is_terminal = true;

  ProgressOptions options() {
    return {.stream = &text, .is_terminal = is_terminal, .clock = [this] { return now; }};
  }
  std::string take() {
    auto taken = text.str();
    text.str({});
    return taken;
  }
};

Logs logs(double loss, double accuracy) {
  Logs result;
  result.set("loss", loss);
  result.set("acc", accuracy);
  return result;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(progress_bars)

BOOST_AUTO_TEST_CASE(the_head_moves_and_the_end_is_full) {
  Screen screen;
  ProgressBar bar(60000, screen.options());
  screen.now = 1;
  bar.update(128, logs(2.5, 0.0625));
  BOOST_TEST(screen.take() ==
             "\r  128/60000 [..............................] - ETA: 7:47 - loss: 2.5000 - acc: 0.0625");
  screen.now = 2;
  bar.update(20000, logs(0.75, 0.5));
  BOOST_TEST(screen.take() ==
             "\r20000/60000 [=========>....................] - ETA: 4s - loss: 0.7500 - acc: 0.5000  ");
  screen.now = 2.4;
  bar.update(59999, logs(0.75, 0.5));
  BOOST_TEST(screen.take() == "\r59999/60000 [============================>.] - ETA: 0s - loss: 0.7500 - acc: 0.5000");
  screen.now = 3;
  bar.finish(logs(0.4648, 0.877));
  BOOST_TEST(screen.take() ==
             "\r60000/60000 [==============================] - 3s 50us/step - loss: 0.4648 - acc: 0.8770\n");
}

BOOST_AUTO_TEST_CASE(it_is_drawn_20_times_a_second_at_most) {
  Screen screen;
  ProgressBar bar(1000, screen.options());
  int drawings = 0;
  for (int step = 1; step < 1000; ++step) {
    screen.now = step * 0.002;
    bar.update(step, {});
    drawings += !screen.take().empty();
  }
  BOOST_TEST(drawings <= 40);
  BOOST_TEST(drawings >= 38);
}

BOOST_AUTO_TEST_CASE(a_shorter_line_covers_the_longer_one) {
  Screen screen;
  ProgressBar bar(10, screen.options());
  screen.now = 100;
  bar.update(1, logs(1000000, 1));
  const auto first = screen.take();
  screen.now = 101;
  bar.update(9, logs(1, 1));
  BOOST_TEST(screen.take().size() == first.size());
}

BOOST_AUTO_TEST_CASE(without_a_terminal_there_is_one_plain_line) {
  Screen screen{.is_terminal = false};
  ProgressBar bar(100, screen.options());
  for (int step = 1; step <= 100; ++step) {
    screen.now = step;
    bar.update(step, logs(1, 1));
  }
  bar.finish(logs(0.25, 1));
  BOOST_TEST(screen.take() == "100/100 [==============================] - 100s 1s/step - loss: 0.2500 - acc: 1.0000\n");
}

BOOST_AUTO_TEST_CASE(times_have_the_unit_that_fits) {
  const auto last_line = [](double seconds, std::int64_t samples) {
    Screen screen{.is_terminal = false};
    ProgressBar bar(samples, screen.options());
    screen.now = seconds;
    bar.finish({});
    const auto line = screen.take();
    return line.substr(line.find("] - ") + 4);
  };
  BOOST_TEST(last_line(0.06, 60000) == "0s 1us/step\n");
  BOOST_TEST(last_line(12, 1000) == "12s 12ms/step\n");
  BOOST_TEST(last_line(90, 30) == "90s 3s/step\n");
  BOOST_TEST(last_line(0, 30) == "0s 0us/step\n");
}

BOOST_AUTO_TEST_CASE(the_time_to_go_is_written_as_keras_does) {
  const auto remaining = [](double seconds) {
    Screen screen;
    ProgressBar bar(2, screen.options());
    screen.now = seconds;
    bar.update(1, {});
    const auto line = screen.take();
    return line.substr(line.find("ETA: ") + 5);
  };
  BOOST_TEST(remaining(0.9) == "0s");
  BOOST_TEST(remaining(59.9) == "59s");
  BOOST_TEST(remaining(61) == "1:01");
  BOOST_TEST(remaining(3599) == "59:59");
  BOOST_TEST(remaining(3661) == "1:01:01");
}

BOOST_AUTO_TEST_CASE(small_values_are_in_scientific_notation) {
  Screen screen{.is_terminal = false};
  ProgressBar bar(1, screen.options());
  Logs values;
  values.set("small", 0.00051);
  values.set("zero", 0);
  values.set("negative", -0.5);
  values.set("none", std::numeric_limits<double>::quiet_NaN());
  bar.finish(values);
  BOOST_TEST(
      screen.take() ==
      "1/1 [==============================] - 0s 0us/step - small: 5.1000e-04 - zero: 0.0000e+00 - negative: -0.5000 "
      "- none: nan\n");
}

BOOST_AUTO_TEST_CASE(a_line_that_was_begun_is_ended) {
  Screen screen;
  {
    ProgressBar bar(10, screen.options());
    screen.now = 1;
    bar.update(1, {});
  }
  BOOST_TEST(screen.take().ends_with("\n"));
}

BOOST_AUTO_TEST_CASE(a_training_is_told_as_keras_does) {
  Screen screen{.is_terminal = false};
  const auto callback = progress(screen.options());
  callback.on_train_begin({.epochs = 2, .batch_size = 32, .samples = 64, .validation_samples = 10});
  for (int epoch = 0; epoch < 2; ++epoch) {
    callback.on_epoch_begin(epoch);
    callback.on_batch_end(0, logs(1, 0.5));
    callback.on_batch_end(1, logs(1, 0.5));
    auto means = logs(1, 0.5);
    means.set("val_loss", 2);
    callback.on_epoch_end(epoch, means);
  }
  BOOST_TEST(screen.take() ==
             "Train on 64 samples, validate on 10 samples\n"
             "Epoch 1/2\n"
             "64/64 [==============================] - 0s 0us/step - loss: 1.0000 - acc: 0.5000 - val_loss: 2.0000\n"
             "Epoch 2/2\n"
             "64/64 [==============================] - 0s 0us/step - loss: 1.0000 - acc: 0.5000 - val_loss: 2.0000\n");
  callback.on_train_begin({.epochs = 1, .samples = 64});
  BOOST_TEST(screen.take() == "Train on 64 samples\n");
}

BOOST_AUTO_TEST_SUITE_END()
