"""Makes log_mel.txt: log-mel spectrograms of a drawn sound, by plain sums in float64.

Shares nothing with LogMel but the publications: the transform is a matrix, the bands are loops.
Run: python3 log_mel.py > log_mel.txt (needs NumPy)
"""

import math

import numpy as np

RATE, WINDOW, HOP = 16000, 400, 160


def sound(samples):
    """A rising tone and noise of a linear congruential generator, as float32."""
    out, state = [], 1
    for i in range(samples):
        t = i / RATE
        state = (state * 1664525 + 1013904223) % 2**32
        noise = state / 2**31 - 1
        tone = math.sin(2 * math.pi * (100 * t + 5000 * t * t))
        out.append(0.4 * tone + 0.02 * noise)
    return np.array(out, dtype=np.float32).astype(np.float64)


def to_mel(hertz, scale):
    if scale == "HTK":
        return 2595 * math.log10(1 + hertz / 700)
    return hertz * 3 / 200 if hertz < 1000 else 15 + 27 * math.log(hertz / 1000) / math.log(6.4)


def to_hertz(mel, scale):
    if scale == "HTK":
        return 700 * (10 ** (mel / 2595) - 1)
    return mel * 200 / 3 if mel < 15 else 1000 * 6.4 ** ((mel - 15) / 27)


def bands(count, size, low, scale, norm, straight_in_mel):
    matrix = np.zeros((count, size // 2 + 1))
    edges = np.linspace(to_mel(low, scale), to_mel(RATE / 2, scale), count + 2)
    for band in range(count):
        mels = edges[band : band + 3]
        hertz = [to_hertz(mel, scale) for mel in mels]
        for k in range(size // 2 + 1):
            f = k * RATE / size
            at, (a, b, c) = (to_mel(f, scale), mels) if straight_in_mel else (f, hertz)
            if a < at <= b:
                matrix[band, k] = (at - a) / (b - a)
            elif b < at < c:
                matrix[band, k] = (c - at) / (c - b)
        if norm == "SLANEY":
            matrix[band] *= 2 / (hertz[2] - hertz[0])
    return matrix


def power(frames, size):
    n, k = np.arange(frames.shape[1]), np.arange(size // 2 + 1)
    return abs(frames @ np.exp(-2j * np.pi * np.outer(n, k) / size)) ** 2


def log_mel(recipe, count, scale, norm, samples):
    if recipe == "KALDI":
        frames = 1 + (len(samples) - WINDOW) // HOP
        cut = np.array([samples[i * HOP : i * HOP + WINDOW] for i in range(frames)])
        cut -= cut.mean(axis=1, keepdims=True)
        before = np.concatenate([cut[:, :1], cut[:, :-1]], axis=1)
        hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / (WINDOW - 1))
        spectrum = power((cut - 0.97 * before) * hann, 512)
        weights = bands(count, 512, 20, scale, norm, True)
        return np.log(np.maximum(spectrum @ weights.T, 2.0**-23))
    padded = np.pad(samples, WINDOW // 2, mode="reflect")
    frames = 1 + len(samples) // HOP
    cut = np.array([padded[i * HOP : i * HOP + WINDOW] for i in range(frames)])
    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)
    mel = power(cut * hann, WINDOW) @ bands(count, WINDOW, 0, scale, norm, False).T
    logs = np.log10(np.maximum(mel, 1e-10))
    if recipe == "WHISPER":
        logs = logs[:-1]
        return (np.maximum(logs, logs.max() - 8) + 4) / 4
    return np.maximum(10 * logs, 10 * logs.max() - 80)


def main():
    samples = sound(9700)
    for recipe, count, scale, norm in [
        ("WHISPER", 80, "SLANEY", "SLANEY"),
        ("WHISPER", 128, "SLANEY", "SLANEY"),
        ("DECIBEL", 128, "SLANEY", "SLANEY"),
        ("DECIBEL", 80, "HTK", "NONE"),
        ("DECIBEL", 80, "HTK", "SLANEY"),
        ("DECIBEL", 80, "SLANEY", "NONE"),
        ("KALDI", 80, "HTK", "NONE"),
        ("KALDI", 128, "HTK", "NONE"),
    ]:
        found = log_mel(recipe, count, scale, norm, samples)
        last = len(found) - 1
        for frame in (0, 1, 2, last // 2, last - 1, last):
            print(recipe, count, scale, norm, len(found), frame, *("%.6g" % x for x in found[frame]))


if __name__ == "__main__":
    main()
