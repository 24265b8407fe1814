"""The parts of `bench/crash.py`: kills, crowds, full and closed disks, damage to files."""
