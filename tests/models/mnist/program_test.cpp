#include <xgrad/framework/io/idx.hpp>
#include <xgrad/models/data/synthetic_digits.hpp>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include "../../framework/io/temporary_folder.hpp"
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <string>

namespace {

namespace fs = std::filesystem;
using xgrad::test::TemporaryFolder;

std::string content(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Outcome {
  int code;
  std::string output;
  std::string errors;

  std::string last_line() const {
    const auto end = output.find_last_not_of('\n');
    const auto begin = output.find_last_of('\n', end);
    return output.substr(begin == std::string::npos ? 0 : begin + 1, end - begin);
  }
  bool says(const std::string& text) const { return output.find(text) != std::string::npos; }
};

/// A folder with a small data set in the files of MNIST, in which the program runs.
struct Place {
  TemporaryFolder folder;

  Place() {
    const auto [train, test] = xgrad::synthetic_digits({.train = 500, .test = 100});
    fs::create_directories(folder.path() / "data/mnist");
    const auto write = [&](const char* name, const auto& array) {
      xgrad::write_idx(folder.path() / "data/mnist" / name, array);
    };
    write("train-images-idx3-ubyte", train.images);
    write("train-labels-idx1-ubyte", train.labels);
    write("t10k-images-idx3-ubyte", test.images);
    write("t10k-labels-idx1-ubyte", test.labels);
  }

  Outcome run(const std::string& options, const std::string& environment = "XGRAD_DATA_DIR=data") const {
    const auto command = "cd " + folder.path().string() + " && " + environment + " " XGRAD_MNIST_PROGRAM " " + options +
                         " > output 2> errors";
    const int status = std::system(command.c_str());
    BOOST_REQUIRE(WIFEXITED(status));
    return {WEXITSTATUS(status), content(folder.path() / "output"), content(folder.path() / "errors")};
  }

  nlohmann::json json(const std::string& options) const {
    const auto outcome = run("--quiet --json results.json " + options);
    BOOST_REQUIRE_MESSAGE(outcome.code == 0, outcome.errors);
    return nlohmann::json::parse(content(folder.path() / "results.json"));
  }
};

bool is_one_line(const std::string& text) { return text.size() > 1 && text.find('\n') == text.size() - 1; }

const std::string result_line = R"(test loss: \d+\.\d{4} - test acc: [01]\.\d{4})";

}  // namespace

BOOST_AUTO_TEST_SUITE(mnist_program)

BOOST_AUTO_TEST_CASE(it_walks_from_images_to_a_result) {
  const Place place;
  const auto outcome = place.run("--epochs 2 --batch-size 50");
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.errors == "");
  for (const auto* text : {
           "Data: MNIST from data/mnist\n",
           "x_train uint8 (500, 28, 28), y_train uint8 (500,)\n  x_test  uint8 (100, 28, 28), y_test  uint8 (100,)\n",
           "x_train float32 (500, 784), y_train float32 (500, 10)\n  x_test  float32 (100, 784), y_test  float32 (100, "
           "10)\n",
           "dense_1 (Dense)              (None, 32)                25120\n",
           "Total params: 25,450\n",
           "Train on 500 samples, validate on 100 samples\nEpoch 1/2\n500/500 [==============================] - ",
           " - val_acc: ",
           "prediction: ",
           "truth: ",
       }) {
    BOOST_TEST(outcome.says(text), "'" << text << "' is not in\n" << outcome.output);
  }
  BOOST_TEST(std::regex_match(outcome.last_line(), std::regex(result_line)), outcome.last_line());
}

BOOST_AUTO_TEST_CASE(quiet_leaves_the_result) {
  const Place place;
  const auto outcome = place.run("--quiet --epochs 1");
  BOOST_TEST(is_one_line(outcome.output));
  BOOST_TEST(std::regex_match(outcome.last_line(), std::regex(result_line)), outcome.last_line());
  BOOST_TEST(place.run("--quiet --epochs 1 --summary").says("Total params"));
  BOOST_TEST(!place.run("--epochs 1 --no-summary").says("Total params"));
}

BOOST_AUTO_TEST_CASE(options_change_the_training) {
  const Place place;
  const auto outcome =
      place.run("--epochs 1 --hidden 20,30 --no-normalize --no-validation --optimizer adam --learning-rate 0.01");
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.says("dense_1 (Dense)              (None, 20)"));
  BOOST_TEST(outcome.says("dense_2 (Dense)              (None, 30)"));
  BOOST_TEST(outcome.says("dense_3 (Dense)              (None, 10)"));
  BOOST_TEST(outcome.says("x_train uint8 (500, 784)"));
  BOOST_TEST(outcome.says("Train on 500 samples\n"));
  BOOST_TEST(!outcome.says("val_"));
  const auto base = place.json("--epochs 1");
  for (const auto* options : {"--optimizer sgd", "--optimizer adam", "--learning-rate 0.01", "--seed 2",
                              "--batch-size 7", "--hidden 16", "--no-normalize"}) {
    BOOST_TEST(place.json("--epochs 1 " + std::string(options))["weights_sha256"] != base["weights_sha256"], options);
  }
  BOOST_TEST(place.json("--epochs 2")["weights_sha256"] != base["weights_sha256"]);
}

BOOST_AUTO_TEST_CASE(the_report_has_the_results) {
  const Place place;
  const auto json = place.json("--epochs 3 --seed 7 --threads 2");
  BOOST_TEST(json["data"] == "mnist");
  BOOST_TEST(json["history"].size() == 3);
  for (const auto& epoch : json["history"]) {
    for (const auto* name : {"loss", "acc", "val_loss", "val_acc", "seconds"})
      BOOST_TEST(epoch[name].is_number(), name);
  }
  BOOST_TEST(std::abs(json["history"][2]["val_loss"].get<double>() - json["test_loss"].get<double>()) <= 1e-6);
  BOOST_TEST(json["test_acc"] == json["history"][2]["val_acc"]);
  BOOST_TEST(std::regex_match(json["weights_sha256"].get<std::string>(), std::regex("[0-9a-f]{64}")));
  BOOST_TEST(json["peak_rss_bytes"].get<std::int64_t>() > 1 << 20);
  BOOST_TEST(json["threads"] == 2);
  BOOST_TEST(json["seed"] == 7);
  BOOST_TEST(!place.json("--epochs 1 --no-validation")["history"][0].contains("val_loss"));
}

BOOST_AUTO_TEST_CASE(weights_are_the_same_on_any_number_of_threads) {
  const Place place;
  const auto base = place.json("--epochs 2 --batch-size 64 --threads 1")["weights_sha256"];
  for (const auto* threads : {"1", "2", "3", "8"}) {
    BOOST_TEST(place.json("--epochs 2 --batch-size 64 --threads " + std::string(threads))["weights_sha256"] == base,
               threads);
  }
}

BOOST_AUTO_TEST_CASE(the_graph_is_written) {
  const Place place;
  BOOST_TEST(place.run("--quiet --epochs 1 --graph model.dot").code == 0);
  const auto dot = content(place.folder.path() / "model.dot");
  BOOST_TEST(dot.starts_with("digraph xgrad {"));
  BOOST_TEST(dot.find("dense_2/kernel") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(bad_usage_ends_with_2_and_one_line) {
  const Place place;
  for (const auto* options : {"--unknown",
                              "--epochs",
                              "--epochs 0",
                              "--epochs many",
                              "--batch-size 0",
                              "--hidden 0",
                              "--hidden 3,x",
                              "--optimizer best",
                              "--learning-rate -1",
                              "--threads -1",
                              "--threads 5000",
                              "--seed -1",
                              "unexpected",
                              "--seed 18446744073709551616",
                              "--seed 010",
                              "--epochs 0x10",
                              "--epochs 1.5",
                              "--epochs +2",
                              "--batch-size 2147483648",
                              "--hidden 32,,16",
                              "--hidden ,32",
                              "--hidden 32,",
                              "--hidden 010",
                              "--hidden ''",
                              "--learning-rate nan",
                              "--learning-rate inf",
                              "--learning-rate 1e999"}) {
    BOOST_TEST_CONTEXT(options) {
      const auto outcome = place.run(options);
      BOOST_TEST(outcome.code == 2);
      BOOST_TEST(outcome.output == "");
      BOOST_TEST(is_one_line(outcome.errors), outcome.errors);
    }
  }
  const auto help = place.run("--help");
  BOOST_TEST(help.code == 0);
  BOOST_TEST(help.says("--learning-rate"));
}

BOOST_AUTO_TEST_CASE(failures_end_with_1_and_one_line) {
  const Place place;
  for (const auto* options : {"--data missing", "--epochs 1 --json missing/results.json", "--graph missing/model.dot",
                              "--learning-rate 1e30 --optimizer sgd --epochs 9", "--hidden 2000000000"}) {
    BOOST_TEST_CONTEXT(options) {
      const auto outcome = place.run("--quiet " + std::string(options));
      BOOST_TEST(outcome.code == 1);
      BOOST_TEST(is_one_line(outcome.errors), outcome.errors);
      BOOST_TEST(outcome.errors.starts_with("error: "));
    }
  }
  std::ofstream(place.folder.path() / "data/mnist/t10k-labels-idx1-ubyte") << "nonsense";
  BOOST_TEST(place.run("--quiet").code == 1);
}

BOOST_AUTO_TEST_CASE(without_data_synthetic_digits_are_learned_and_named) {
  const Place place;
  const auto outcome = place.run("--json results.json", "XGRAD_DATA_DIR=none XDG_CACHE_HOME=none");
  BOOST_TEST(outcome.code == 0);
  BOOST_TEST(outcome.output.starts_with("Data: synthetic digits, because MNIST was not found. This is not MNIST"));
  BOOST_TEST(std::regex_match(outcome.last_line(), std::regex(result_line + R"( \(synthetic digits, not MNIST\))")),
             outcome.last_line());
  const auto json = nlohmann::json::parse(content(place.folder.path() / "results.json"));
  BOOST_TEST(json["data"] == "synthetic");
  BOOST_TEST(json["test_acc"].get<double>() >= 0.95);
}

BOOST_AUTO_TEST_CASE(says_before_it_trains_that_a_result_cannot_be_written) {
  const Place place;
  for (const std::string option : {"--json", "--graph"}) {
    const auto outcome = place.run(option + " missing/file");
    BOOST_TEST(outcome.code == 1);
    BOOST_TEST(outcome.output == "");
    BOOST_TEST(outcome.errors.find("missing/file: cannot write the file") != std::string::npos, outcome.errors);
  }
}

BOOST_AUTO_TEST_CASE(output_that_nobody_receives_is_an_error) {
  const Place place;
  for (const std::string output : {">/dev/full", ">&-"}) {
    const auto outcome = place.run("--quiet --epochs 1 " + output + " 2>errors #");  // the rest is a comment
    BOOST_TEST(outcome.code == 1);
    BOOST_TEST(outcome.errors.find("standard output") != std::string::npos, outcome.errors);
  }
}

BOOST_AUTO_TEST_SUITE_END()
